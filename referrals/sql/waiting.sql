-- For the row of links: how many of the inbox need a decision, how many of the board wait for an
-- answer of ours; each counted to %(counted_to)s.
SELECT
    (
        SELECT count(*)
        FROM (
            SELECT 1
            FROM referrals_referral r
            WHERE r.receiving_team_id = ANY(%(teams)s::bigint[]) AND r.status = ANY(%(decide)s)
            UNION ALL
            SELECT 1
            FROM ({handed_on}) AS handed_on
            JOIN referrals_referral r ON r.id = handed_on.referral_id
            WHERE r.receiving_team_id <> ALL(%(teams)s::bigint[]) AND r.status = ANY(%(decide)s)
            LIMIT %(counted_to)s
        ) AS counted
    ),
    ({for_us})
