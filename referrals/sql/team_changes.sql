-- What has been done lately to referrals of the teams, newest first.
SELECT r.reference, c.event, coalesce(u.name, 'the portal'), t.name, c.at
FROM (
    SELECT recent.id, recent.reference
    FROM referrals_referral recent
    WHERE recent.receiving_team_id = ANY(%(teams)s::bigint[]) AND recent.changed_at > %(since)s
    ORDER BY recent.changed_at DESC
    LIMIT %(counted_to)s
) AS r
JOIN referrals_statuschange c ON c.referral_id = r.id AND c.at > %(since)s
LEFT JOIN accounts_user u ON u.id = c.by_id
JOIN accounts_team t ON t.id = c.by_team_id
ORDER BY c.at DESC, c.id DESC
LIMIT %(most)s
