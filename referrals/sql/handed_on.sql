-- Redirected to one of the teams, which has not acknowledged it yet.
SELECT d.referral_id
FROM referrals_redirect d
WHERE {waits}
  AND d.to_team_id = ANY(%(teams)s::bigint[])
