-- What teams have sent: undecided ones by when they are due (paused ones first), and those in
-- which something has happened since the reader's own last look (or since they were sent); and those
-- that were decided lately.
(
    SELECT r.id, 'undecided' AS part, row_number() OVER (ORDER BY r.due_at NULLS FIRST, r.id) AS place
    FROM referrals_referral r
    WHERE r.sending_team_id = ANY(%(teams)s::bigint[]) AND r.status = ANY(%(undecided)s)
    ORDER BY r.due_at NULLS FIRST, r.id
    LIMIT %(undecided_most)s
)
UNION ALL
(
    SELECT r.id, 'changed', row_number() OVER (ORDER BY r.changed_at DESC, r.id)
    FROM referrals_referral r
    LEFT JOIN referrals_opening o ON o.referral_id = r.id AND o.user_id = %(reader)s
    WHERE r.sending_team_id = ANY(%(teams)s::bigint[])
      AND r.changed_at > coalesce(o.seen_at, r.sent_at)
      AND r.changed_at > %(recent)s
    ORDER BY r.changed_at DESC, r.id
    LIMIT %(most)s
)
UNION ALL
(
    SELECT r.id, 'decided', row_number() OVER (ORDER BY r.status_since DESC, r.id)
    FROM referrals_referral r
    WHERE r.sending_team_id = ANY(%(teams)s::bigint[])
      AND r.status = ANY(%(decided)s)
      AND r.changed_at > %(lately)s
      AND r.status_since > %(lately)s
    ORDER BY r.status_since DESC, r.id
    LIMIT %(most)s
)
