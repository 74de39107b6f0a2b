-- How many of the board wait for an answer of ours, counted to %(counted_to)s.
SELECT count(*)
FROM (
    SELECT 1
    FROM referrals_referral r
    WHERE r.sending_team_id = ANY(%(sending)s::bigint[])
      AND r.status = ANY(%(asked)s)
      AND r.due_at IS NULL
    LIMIT %(counted_to)s
) AS counted
