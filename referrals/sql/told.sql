-- What is told of one referral besides its own row, ready for a program: its points, the messages
-- that the team may see, and what happened, oldest first. Moments are UTC.
SELECT
    ARRAY(
        SELECT t.text FROM referrals_point t WHERE t.referral_id = r.id ORDER BY t.position
    ),
    (
        SELECT coalesce(json_agg(json_build_object(
            'by', u.name, 'team', t.name, 'at', m.at,
            'voice', m.voice, 'audience', m.audience, 'body', m.body
        ) ORDER BY m.at, m.id), '[]')
        FROM referrals_message m
        JOIN accounts_user u ON u.id = m.author_id
        JOIN accounts_team t ON t.id = m.team_id
        WHERE m.referral_id = r.id AND (m.audience = %(both)s OR m.team_id = %(team)s)
    ),
    (
        SELECT coalesce(json_agg(json_build_object(
            'event', c.event, 'status', c.to_status, 'by', coalesce(u.name, 'the portal'),
            'team', t.name,
            'at', c.at, 'note', c.note
        ) ORDER BY c.at, c.id), '[]')
        FROM referrals_statuschange c
        LEFT JOIN accounts_user u ON u.id = c.by_id
        JOIN accounts_team t ON t.id = c.by_team_id
        WHERE c.referral_id = r.id
    )
FROM referrals_referral r
WHERE r.id = %(referral)s
