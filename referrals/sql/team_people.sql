-- Who triages in the teams: what each holds of them, and when each last looked at a referral there.
SELECT
    u.name,
    u.job_title,
    coalesce(held.undecided, 0),
    coalesce(held.late, 0),
    coalesce(held.accepted, 0),
    (
        SELECT max(o.seen_at)
        FROM referrals_opening o
        WHERE o.user_id = u.id AND o.team_id = ANY(%(teams)s::bigint[])
    )
FROM accounts_user u
LEFT JOIN (
    SELECT
        r.held_by_id,
        count(*) FILTER (WHERE r.status <> ALL(%(accepted)s)) AS undecided,
        count(*) FILTER (WHERE r.status = ANY(%(decide)s) AND r.due_at <= %(at)s) AS late,
        count(*) FILTER (WHERE r.status = ANY(%(accepted)s)) AS accepted
    FROM referrals_referral r
    WHERE r.receiving_team_id = ANY(%(teams)s::bigint[])
      AND r.status = ANY(%(working)s)
      AND r.held_by_id IS NOT NULL
    GROUP BY r.held_by_id
) AS held ON held.held_by_id = u.id
WHERE EXISTS (
    SELECT 1
    FROM accounts_membership m
    WHERE m.user_id = u.id
      AND m.team_id = ANY(%(teams)s::bigint[])
      AND m.role = ANY(%(triaging)s)
      AND {holds}
)
ORDER BY u.name, u.id
