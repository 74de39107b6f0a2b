-- A postcode with the authorities of its district in time.
SELECT
    p.nation,
    p.district_gss,
    p.terminated_on,
    (
        SELECT json_agg(json_build_array(
            r.area_name, r.how, r.from_date, r.until, r.authority_gss, o.id, o.name, c.short_name
        ) ORDER BY r.from_date)
        FROM contacts_responsibility r
        LEFT JOIN accounts_organisation o ON o.id = r.authority_id
        LEFT JOIN contacts_council c ON c.organisation_id = o.id
        WHERE r.area_gss = p.district_gss
    ) AS tenures
FROM contacts_postcode p
WHERE p.key = %(key)s
