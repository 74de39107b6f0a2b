-- How many of an inbox are {wanted}, counted to %(counted_to)s and no further.
(
    SELECT count(*)
    FROM (
        SELECT 1
        FROM referrals_referral r
        WHERE r.receiving_team_id = ANY(%(teams)s::bigint[]) AND {wanted}
        UNION ALL
        SELECT 1
        FROM theirs r
        WHERE {wanted}
        LIMIT %(counted_to)s
    ) AS counted
)
