-- What has waited longest for a decision of the teams, paused or not.
SELECT r.id, 'team' AS part, row_number() OVER (ORDER BY r.sent_at, r.id) AS place
FROM referrals_referral r
WHERE r.receiving_team_id = ANY(%(teams)s::bigint[]) AND r.status = ANY(%(undecided)s)
ORDER BY r.sent_at, r.id
LIMIT %(most)s
