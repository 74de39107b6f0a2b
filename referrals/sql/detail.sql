-- All that the page of one referral shows besides its own row, ready to be worded: its points, the
-- messages that the team may see, what happened, who opened it, how it was decided, when the clock
-- stood still, where it was redirected to, when its service is open, and what meetings left on it.
-- Oldest first.
SELECT
    ARRAY(
        SELECT t.text FROM referrals_point t WHERE t.referral_id = r.id ORDER BY t.position
    ),
    (
        SELECT json_agg(json_build_array(
            m.id, json_build_array(u.id, u.name, u.job_title), t.id, t.name, t.side,
            m.voice, m.audience, m.body, m.at, m.answers_id, m.for_the_team
        ) ORDER BY m.at, m.id)
        FROM referrals_message m
        JOIN accounts_user u ON u.id = m.author_id
        JOIN accounts_team t ON t.id = m.team_id
        WHERE m.referral_id = r.id AND (m.audience = %(both)s OR m.team_id = %(team)s)
    ),
    (
        SELECT json_agg(json_build_array(
            c.id, c.event,
            json_build_array(
                coalesce(u.id, 0), coalesce(u.name, 'the portal'), coalesce(u.job_title, '')
            ),
            t.name, c.at, c.note, c.undoes_id, c.from_status, coalesce(s.name, '')
        ) ORDER BY c.at, c.id)
        FROM referrals_statuschange c
        LEFT JOIN accounts_user u ON u.id = c.by_id
        LEFT JOIN contacts_service s
            ON c.event = 'succeed' AND s.id = (c.before ->> 'service_id')::bigint
        JOIN accounts_team t ON t.id = c.by_team_id
        WHERE c.referral_id = r.id
    ),
    (
        SELECT json_agg(json_build_array(
            json_build_array(u.id, u.name, u.job_title), o.team_id, o.at, o.seen_at
        ) ORDER BY o.at, o.id)
        FROM referrals_opening o
        JOIN accounts_user u ON u.id = o.user_id
        WHERE o.referral_id = r.id
    ),
    (
        SELECT json_agg(json_build_array(
            d.status, json_build_array(u.id, u.name, u.job_title), d.at,
            CASE WHEN w.id IS NOT NULL THEN json_build_array(w.id, w.name, w.job_title) END,
            d.waiting_until, d.reason, d.words
        ) ORDER BY d.at, d.id)
        FROM referrals_decision d
        JOIN accounts_user u ON u.id = d.by_id
        LEFT JOIN accounts_user w ON w.id = d.worker_id
        WHERE d.referral_id = r.id
    ),
    (
        SELECT json_agg(json_build_array(
            p.question_id, m.body, p.started_at, p.until, p.with_person, p.ended_at, p.reminded_at
        ) ORDER BY p.started_at)
        FROM referrals_pause p
        JOIN referrals_message m ON m.id = p.question_id
        WHERE p.referral_id = r.id
    ),
    (
        SELECT json_agg(json_build_array(
            f.name, s.name, d.to_team_id, d.at, d.acknowledged_at, d.ended_at
        ) ORDER BY d.at, d.id)
        FROM referrals_redirect d
        JOIN contacts_service f ON f.id = d.from_service_id
        JOIN contacts_service s ON s.id = d.to_service_id
        WHERE d.referral_id = r.id
    ),
    (
        SELECT string_agg(concat_ws(' ', h.weekday, h.opens, h.closes), ',')
        FROM contacts_servicehours h
        WHERE h.service_id = r.service_id
    ),
    (
        SELECT json_agg(json_build_array(
            e.verb, e.meeting, e.path, e.text, e.about, e.meets_at,
            json_build_array(u.id, u.name, u.job_title), t.name, e.at
        ) ORDER BY e.at, e.id)
        FROM referrals_meetingentry e
        JOIN accounts_user u ON u.id = e.by_id
        JOIN accounts_team t ON t.id = e.by_team_id
        WHERE e.referral_id = r.id
    )
FROM referrals_referral r
WHERE r.id = %(referral)s
