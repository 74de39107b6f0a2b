-- A page of what teams have received, or is being redirected to them; {wanted} is the filter.
-- Team by team, so that each is read in the order of its index and no further than the page.
SELECT
    found.id,
    'inbox' AS part,
    row_number() OVER (ORDER BY found.due_at NULLS LAST, found.id) AS place
FROM (
    SELECT own.id, own.due_at
    FROM unnest(%(teams)s::bigint[]) AS team (id),
        LATERAL (
            SELECT r.id, r.due_at
            FROM referrals_referral r
            WHERE r.receiving_team_id = team.id AND {wanted}
            ORDER BY r.due_at NULLS LAST, r.id
            LIMIT %(most)s
        ) AS own
    UNION ALL
    SELECT r.id, r.due_at
    FROM ({handed_on}) AS handed_on
    JOIN referrals_referral r ON r.id = handed_on.referral_id
    WHERE r.receiving_team_id <> ALL(%(teams)s::bigint[]) AND {wanted}
    ORDER BY due_at NULLS LAST, id
    LIMIT %(most)s
) AS found
