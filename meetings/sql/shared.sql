-- Teams of the other side with which the reader's share referrals; those that have met too, or only
-- those of which nobody has ever been in one meeting, and with which a first one is neither being
-- arranged nor declined.
WITH shared AS (
    SELECT r.sending_team_id AS team_id, r.receiving_team_id AS other_id
    FROM referrals_referral r
    WHERE r.sending_team_id = ANY(%(teams)s::bigint[]) AND r.changed_at > %(since)s
    UNION ALL
    SELECT r.receiving_team_id, r.sending_team_id
    FROM referrals_referral r
    WHERE r.receiving_team_id = ANY(%(teams)s::bigint[]) AND r.changed_at > %(since)s
),
counted AS (
    SELECT s.team_id, s.other_id, count(*) AS together
    FROM shared s
    GROUP BY s.team_id, s.other_id
    HAVING count(*) >= %(least)s
)
SELECT c.team_id, ours.name, c.other_id, theirs.name, c.together
FROM counted c
JOIN accounts_team ours ON ours.id = c.team_id
JOIN accounts_team theirs ON theirs.id = c.other_id
WHERE ours.side <> theirs.side
  AND theirs.closed_on IS NULL
  AND (%(only_team)s = 0 OR c.team_id = %(only_team)s)
  AND (%(only_other)s = 0 OR c.other_id = %(only_other)s)
  AND (%(met_too)s OR NOT EXISTS (
      SELECT 1
      FROM meetings_participant one
      JOIN meetings_participant other ON other.meeting_id = one.meeting_id
      JOIN meetings_meeting m ON m.id = one.meeting_id
      WHERE one.team_id = c.team_id AND other.team_id = c.other_id
        AND (
            m.status = 'held'
            AND one.attendance = ANY(%(there)s) AND other.attendance = ANY(%(there)s)
            AND one.removed_at IS NULL AND other.removed_at IS NULL
            OR m.kind = 'first' AND m.status = ANY(%(to_come)s)
        )
  ))
  AND (%(met_too)s OR NOT EXISTS (
      SELECT 1
      FROM meetings_firstmeetingdeclined d
      WHERE d.team_id = c.team_id AND d.other_team_id = c.other_id AND d.until > %(today)s
  ))
ORDER BY c.together DESC, theirs.name, c.other_id
LIMIT %(most)s
