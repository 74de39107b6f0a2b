-- Who of two teams has had to do with the referrals between them of late, most first.
SELECT who.user_id, who.team_id
FROM (
    SELECT r.sending_team_id, r.receiving_team_id, r.sent_by_id, r.for_clinician_id, r.held_by_id
    FROM referrals_referral r
    WHERE r.changed_at > %(since)s
      AND (
          r.sending_team_id = %(team)s AND r.receiving_team_id = %(other)s
          OR r.sending_team_id = %(other)s AND r.receiving_team_id = %(team)s
      )
) AS r
CROSS JOIN LATERAL (
    VALUES
        (r.sent_by_id, r.sending_team_id),
        (r.for_clinician_id, r.sending_team_id),
        (r.held_by_id, r.receiving_team_id)
) AS who (user_id, team_id)
WHERE who.user_id IS NOT NULL
GROUP BY who.user_id, who.team_id
ORDER BY count(*) DESC, who.user_id
LIMIT %(most)s
