-- Rows of a list with all that they show; {picked} says which, as (id, part, place), and
-- {opened_by} whose opening counts.
-- The columns are those of listed.Listed, in its order.
-- What belongs to teams and services is the same in many rows: LATERAL lets PostgreSQL remember it.
-- It begins with SELECT, because the history of rows marks every statement that does not.
SELECT
    picked.part,
    r.id,
    r.reference,
    r.version,
    r.status,
    r.status_since,
    r.urgency,
    r.agreement,
    r.sent_at,
    r.due_at,
    r.changed_at,
    own.seen_at,
    (
        SELECT max(o.seen_at) FROM referrals_opening o WHERE o.referral_id = r.id AND {opened_by}
    ) AS team_seen_at,
    (
        SELECT p.until FROM referrals_pause p WHERE p.referral_id = r.id AND p.ended_at IS NULL
    ) AS answer_by,
    (
        SELECT CASE WHEN d.to_team_id = ANY(%(teams)s::bigint[]) THEN '' ELSE s.name END
        FROM referrals_redirect d
        JOIN contacts_service s ON s.id = d.to_service_id
        WHERE d.referral_id = r.id AND {waits}
    ) AS handed_to,
    sending.name AS sending_team,
    receiving.name AS receiving_team,
    holder.name AS held_by,
    ARRAY(
        SELECT t.text FROM referrals_point t WHERE t.referral_id = r.id ORDER BY t.position
    ) AS points,
    p.name AS person_name,
    p.born_on,
    p.nhs_number,
    p.address,
    p.postcode,
    p.telephone,
    s.reference AS service_reference,
    s.name AS service_name,
    s.nation,
    s.is_always_open,
    s.closed_on_bank_holidays,
    hours.openings
FROM ({picked}) AS picked
JOIN referrals_referral r ON r.id = picked.id
JOIN referrals_person p ON p.id = r.person_id
JOIN contacts_service s ON s.id = r.service_id
JOIN accounts_team sending ON sending.id = r.sending_team_id
JOIN accounts_team receiving ON receiving.id = r.receiving_team_id
LEFT JOIN accounts_user holder ON holder.id = r.held_by_id
LEFT JOIN referrals_opening own ON own.referral_id = r.id AND own.user_id = %(reader)s
LEFT JOIN LATERAL (
    SELECT string_agg(concat_ws(' ', h.weekday, h.opens, h.closes), ',') AS openings
    FROM contacts_servicehours h
    WHERE h.service_id = s.id
) AS hours ON true
ORDER BY picked.part, picked.place
