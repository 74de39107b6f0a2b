-- A practice (by its code or its organisation) with the authorities of the district it stands
-- in, the parts of postcodes it covers, and where its people live.
SELECT
    p.ods,
    o.name,
    o.nation,
    p.area_gss,
    (
        SELECT json_agg(json_build_array(
            r.area_name, r.how, r.from_date, r.until, r.authority_gss, a.id, a.name, c.short_name
        ) ORDER BY r.from_date)
        FROM contacts_responsibility r
        LEFT JOIN accounts_organisation a ON a.id = r.authority_id
        LEFT JOIN contacts_council c ON c.organisation_id = a.id
        WHERE r.area_gss = p.area_gss
    ) AS tenures,
    (
        SELECT json_agg(k.part)
        FROM contacts_catchmentpart k
        WHERE k.practice_id = p.organisation_id
    ) AS catchment,
    (
        SELECT json_agg(
            json_build_array(c.gss, a.id, a.name, c.short_name, s.share)
            ORDER BY s.share DESC, a.name
        )
        FROM contacts_registeredshare s
        JOIN accounts_organisation a ON a.id = s.authority_id
        LEFT JOIN contacts_council c ON c.organisation_id = a.id
        WHERE s.practice_id = p.organisation_id
    ) AS shares
FROM contacts_practice p
JOIN accounts_organisation o ON o.id = p.organisation_id
WHERE p.organisation_id = %(organisation_id)s OR p.ods = %(ods)s
