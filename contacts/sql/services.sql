-- The single points of access that cover one of the districts, and those to ring while they are
-- closed (which have no areas here), with only the contacts the reader may see.
WITH near AS (
    SELECT a.service_id, json_agg(a.area_gss) AS areas
    FROM contacts_servicearea a
    JOIN contacts_service s ON s.id = a.service_id
    WHERE a.area_gss = ANY(%(areas)s)
      AND s.is_single_point_of_access
      AND (s.closed_on IS NULL OR s.closed_on > %(on)s)
    GROUP BY a.service_id
),
shown AS (
    SELECT service_id AS id, areas
    FROM near
    UNION ALL
    SELECT DISTINCT s.out_of_hours_id, NULL::json
    FROM near
    JOIN contacts_service s ON s.id = near.service_id
    WHERE s.out_of_hours_id NOT IN (SELECT service_id FROM near)
)
SELECT
    s.id,
    shown.areas,
    s.out_of_hours_id,
    s.reference,
    s.name,
    s.organisation_id,
    o.name AS organisation,
    o.kind AS organisation_kind,
    s.kind,
    s.basis,
    s.nation,
    s.summary,
    s.what_it_needs,
    s.what_it_does_not_do,
    s.how_it_takes_referrals,
    s.is_always_open,
    s.closed_on_bank_holidays,
    s.routine_minutes,
    s.last_checked_on,
    s.last_checked_by_id IS NOT NULL AS checked_by_owner,
    s.receiving_team_id IS NOT NULL AS takes_referrals,
    s.is_invented,
    (
        SELECT json_agg(json_build_array(h.weekday, h.opens, h.closes) ORDER BY h.weekday, h.opens)
        FROM contacts_servicehours h
        WHERE h.service_id = s.id
    ) AS hours,
    (
        SELECT json_agg(json_build_array(c.kind, c.value, c.label) ORDER BY c.position, c.id)
        FROM contacts_contact c
        WHERE c.service_id = s.id AND c.visibility = ANY(%(seen)s)
    ) AS contacts
FROM shown
JOIN contacts_service s ON s.id = shown.id
JOIN accounts_organisation o ON o.id = s.organisation_id
WHERE s.closed_on IS NULL OR s.closed_on > %(on)s
ORDER BY s.name, s.id
