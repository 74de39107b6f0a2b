-- What has happened in an inbox since a page of it was made: how many are new, that is opened by
-- nobody of the teams; how many changed since the reader looked, or, where they never did, since a
-- colleague did; and how many have become overdue. A row of the list is marked by the same rule.
-- Each is counted to %(counted_to)s, of those that are news to the reader: nothing is cut off
-- before that is known.
SELECT *
FROM (
    WITH changed AS NOT MATERIALIZED (
        SELECT r.id, r.changed_at
        FROM referrals_referral r
        WHERE r.receiving_team_id = ANY(%(teams)s::bigint[]) AND r.changed_at > %(since)s
        UNION ALL
        SELECT r.id, r.changed_at
        FROM referrals_redirect d
        JOIN referrals_referral r ON r.id = d.referral_id
        WHERE {waits}
          AND d.to_team_id = ANY(%(teams)s::bigint[])
          AND r.receiving_team_id <> ALL(%(teams)s::bigint[])
          AND r.changed_at > %(since)s
    ),
    unseen AS NOT MATERIALIZED (
        SELECT looked.seen_at IS NULL AS is_new
        FROM changed, LATERAL (
            SELECT coalesce(
                max(o.seen_at) FILTER (WHERE o.user_id = %(reader)s), max(o.seen_at)
            ) AS seen_at
            FROM referrals_opening o
            WHERE o.referral_id = changed.id
              AND (o.user_id = %(reader)s OR o.team_id = ANY(%(teams)s::bigint[]))
        ) AS looked
        WHERE looked.seen_at IS NULL OR looked.seen_at < changed.changed_at
    ),
    late AS (
        SELECT 1
        FROM referrals_referral r
        WHERE r.receiving_team_id = ANY(%(teams)s::bigint[])
          AND r.status = ANY(%(decide)s)
          AND r.due_at > %(made_at)s
          AND r.due_at <= %(at)s
        LIMIT %(counted_to)s
    )
    SELECT
        (SELECT count(*) FROM (SELECT 1 FROM unseen WHERE is_new LIMIT %(counted_to)s) AS n),
        (SELECT count(*) FROM (SELECT 1 FROM unseen WHERE NOT is_new LIMIT %(counted_to)s) AS n),
        (SELECT count(*) FROM late)
) AS counted
