-- What is new in an inbox: when something in it changed last, and what {counts} says.
-- What is handed on to the teams is read once; there is never much of it.
SELECT *
FROM (
    WITH theirs AS MATERIALIZED (
        SELECT r.status, r.due_at, r.held_by_id, r.changed_at
        FROM ({handed_on}) AS handed_on
        JOIN referrals_referral r ON r.id = handed_on.referral_id
        WHERE r.receiving_team_id <> ALL(%(teams)s::bigint[])
    )
    SELECT
        greatest(
            (
                SELECT max((
                    SELECT max(r.changed_at)
                    FROM referrals_referral r
                    WHERE r.receiving_team_id = team.id
                ))
                FROM unnest(%(teams)s::bigint[]) AS team (id)
            ),
            (SELECT max(theirs.changed_at) FROM theirs)
        ){counts}
) AS summed
