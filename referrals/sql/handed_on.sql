-- Redirected to one of the teams, which has not acknowledged it yet.
SELECT d.referral_id
FROM referrals_redirect d
JOIN contacts_service s ON s.id = d.to_service_id
WHERE d.acknowledged_at IS NULL
  AND d.ended_at IS NULL
  AND s.receiving_team_id = ANY(%(teams)s::bigint[])
