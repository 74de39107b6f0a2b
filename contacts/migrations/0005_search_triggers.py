from django.db import migrations

# The words of entries, by their ids. The names of places are those of the areas and of whoever
# answers for them now or later: both names of a council that is about to change find the entry.
_WRITE = """
CREATE FUNCTION contacts_search_write(ids bigint[]) RETURNS void AS $$
    INSERT INTO contacts_searchentry (service_id, document, words)
    SELECT s.id,
        setweight(to_tsvector('english', s.name), 'A')
        || setweight(to_tsvector('english', array_to_string(s.what_it_needs, ' ')), 'B')
        || setweight(to_tsvector('english', o.name || ' ' || coalesce(p.places, '')), 'C')
        || setweight(to_tsvector('english', s.summary), 'D'),
        to_tsvector('simple', concat_ws(' ', s.name, array_to_string(s.what_it_needs, ' '),
            o.name, p.places, s.summary))
    FROM contacts_service s
    JOIN accounts_organisation o ON o.id = s.organisation_id
    LEFT JOIN LATERAL (
        SELECT string_agg(DISTINCT concat_ws(' ', r.area_name, b.name, c.short_name), ' ') AS places
        FROM contacts_servicearea a
        JOIN contacts_responsibility r ON r.area_gss = a.area_gss
            AND (r.until IS NULL OR r.until > CURRENT_DATE)
        LEFT JOIN accounts_organisation b ON b.id = r.authority_id
        LEFT JOIN contacts_council c ON c.organisation_id = r.authority_id
        WHERE a.service_id = s.id
    ) p ON true
    WHERE s.id = ANY(ids)
    ORDER BY s.id
    ON CONFLICT (service_id)
    DO UPDATE SET document = excluded.document, words = excluded.words;
$$ LANGUAGE sql
"""
# Which entries a change is about, by the table that changed.
_OF_ENTRY = "SELECT DISTINCT id FROM changed"
_OF_AREA = "SELECT DISTINCT service_id FROM changed"
_OF_RESPONSIBILITY = """
SELECT DISTINCT a.service_id FROM changed JOIN contacts_servicearea a USING (area_gss)
"""
_OF_ORGANISATION = """
SELECT s.id FROM changed JOIN contacts_service s ON s.organisation_id = changed.id
UNION
SELECT a.service_id FROM changed JOIN contacts_responsibility r ON r.authority_id = changed.id
    JOIN contacts_servicearea a ON a.area_gss = r.area_gss
"""
_OF_COUNCIL = """
SELECT a.service_id FROM changed
    JOIN contacts_responsibility r ON r.authority_id = changed.organisation_id
    JOIN contacts_servicearea a ON a.area_gss = r.area_gss
"""
_TRIGGERS = [
    ("entry", "contacts_service", _OF_ENTRY, ("INSERT", "UPDATE")),
    ("area", "contacts_servicearea", _OF_AREA, ("INSERT", "UPDATE", "DELETE")),
    (
        "responsibility",
        "contacts_responsibility",
        _OF_RESPONSIBILITY,
        ("INSERT", "UPDATE", "DELETE"),
    ),
    ("organisation", "accounts_organisation", _OF_ORGANISATION, ("UPDATE",)),
    ("council", "contacts_council", _OF_COUNCIL, ("INSERT", "UPDATE")),
]


def _function(name: str, ids: str) -> str:
    return f"""
    CREATE FUNCTION contacts_search_{name}() RETURNS trigger AS $$
    BEGIN
        PERFORM contacts_search_write(ARRAY({ids}));
        RETURN NULL;
    END;
    $$ LANGUAGE plpgsql
    """


def _trigger(name: str, table: str, operation: str) -> str:
    # One for each operation: only so is there a table of what has changed.
    which = "OLD" if operation == "DELETE" else "NEW"
    return f"""
    CREATE TRIGGER contacts_search_{name}_{operation.lower()} AFTER {operation} ON {table}
    REFERENCING {which} TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION contacts_search_{name}()
    """


def _made() -> list[str]:
    made = [_WRITE]
    for name, table, ids, operations in _TRIGGERS:
        made.append(_function(name, ids))
        made += [_trigger(name, table, operation) for operation in operations]
    return made


def _gone() -> list[str]:
    gone = []
    for name, table, _, operations in _TRIGGERS:
        gone += [
            f"DROP TRIGGER contacts_search_{name}_{operation.lower()} ON {table}"
            for operation in operations
        ]
        gone.append(f"DROP FUNCTION contacts_search_{name}()")
    return [*gone, "DROP FUNCTION contacts_search_write(bigint[])"]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_invitations_and_parked_forms"),
        ("contacts", "0004_checks_reports_search"),
    ]

    operations = [
        migrations.RunSQL(
            sql=[*_made(), "SELECT contacts_search_write(ARRAY(SELECT id FROM contacts_service))"],
            reverse_sql=_gone(),
        ),
    ]
