"""Fills an inbox with as many referrals as wanted, in a few statements."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction


@dataclass(frozen=True)
class Rows:
    """Referrals to one team: a reference for each, senders and holders in turn. All undecided,
    or all closed."""

    references: list[str]
    service_id: int
    receiving_team_id: int
    holders: list[int]
    senders: list[tuple[int, int]]  # (team, user)
    first_due: datetime
    last_due: datetime
    closed: bool = False


# Each row's number is `n`, from 1; `base` is the last id that was used before.
_PEOPLE = """
INSERT INTO referrals_person (id, name, born_on, nhs_number, address, postcode, telephone)
SELECT %(base)s + n,
    (ARRAY['Margaret', 'Derek', 'Irene', 'Abdul', 'Sheila'])[1 + n %% 5]
        || ' ' || (ARRAY['Example', 'Specimen', 'Sample', 'Invented'])[1 + n %% 4],
    date '1930-01-01' + (n * 37) %% 16000, '', n %% 90 || ' Invented Road', 'M33 2RH',
    '0161 496 0' || 500 + n %% 499
FROM generate_series(1, %(count)s) AS n
"""
_REFERRALS = """
INSERT INTO referrals_referral (
    id, version, reference, service_id, sending_team_id, receiving_team_id, person_id, urgency,
    why_now, with_person, agreement, agreement_note, call_back, sent_by_id, sent_at,
    readable_from, status, status_since, held_by_id, held_since, due_at, changed_at)
SELECT %(base)s + n, 1, r.reference, %(service)s,
    (%(sending_teams)s::bigint[])[1 + n %% %(senders)s], %(team)s, %(base)s + n,
    (ARRAY['routine', 'routine', 'routine', 'this-week', 'today'])[1 + n %% 5],
    'Two falls in ten days, the second one in the night.', 'Husband, 87',
    CASE WHEN n %% 12 = 0 THEN 'objects' WHEN n %% 12 = 6 THEN 'best-interests' ELSE 'agrees' END,
    CASE WHEN n %% 6 = 0 THEN 'She cannot weigh this up today.' ELSE '' END,
    '0161 496 0321, between surgeries',
    (%(sending_users)s::bigint[])[1 + n %% %(senders)s], d.due - interval '2 days',
    d.due - interval '2 days',
    CASE WHEN %(closed)s THEN 'closed' WHEN h.held THEN 'acknowledged' ELSE 'sent' END,
    d.due - interval '1 day',
    CASE WHEN h.held THEN (%(holders)s::bigint[])[1 + n %% cardinality(%(holders)s)] END,
    CASE WHEN h.held THEN d.due - interval '1 day' END, d.due, d.due - interval '1 day'
FROM unnest(%(references)s::text[]) WITH ORDINALITY AS r (reference, n),
    LATERAL (SELECT %(first)s + (%(last)s - %(first)s) * (n - 1) / %(count)s AS due) AS d,
    LATERAL (SELECT n %% 50 = 0 AS held) AS h
"""
_POINTS = """
INSERT INTO referrals_point (referral_id, position, text)
SELECT %(base)s + n, p.position, p.text
FROM generate_series(1, %(count)s) AS n, (VALUES
    (1, 'Can she stay at home safely?'), (2, 'A carer’s assessment for her husband')
) AS p (position, text)
"""
_PARTIES = """
INSERT INTO referrals_party (referral_id, team_id, role, since)
SELECT id, sending_team_id, 'sender', sent_at FROM referrals_referral WHERE id > %(base)s
UNION ALL
SELECT id, receiving_team_id, 'receiver', sent_at FROM referrals_referral WHERE id > %(base)s
"""
_CHANGES = """
INSERT INTO referrals_statuschange (
    referral_id, event, from_status, to_status, by_id, by_team_id, at, note)
SELECT id, 'send', '', 'sent', sent_by_id, sending_team_id, sent_at, ''
FROM referrals_referral WHERE id > %(base)s
UNION ALL
SELECT id, 'claim', 'sent', 'acknowledged', held_by_id, receiving_team_id, held_since, ''
FROM referrals_referral WHERE id > %(base)s AND held_by_id IS NOT NULL
"""
_NUMBERS = """
SELECT setval(pg_get_serial_sequence(%(table)s, 'id'), %(base)s + %(count)s)
"""


@transaction.atomic
def fill(rows: Rows) -> None:
    """Insert them. Needs a PostgreSQL of our own: triggers are left out by its superuser."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest((SELECT max(id) FROM referrals_person),"
            " (SELECT max(id) FROM referrals_referral), 0)"
        )
        values = {
            "base": cursor.fetchone()[0],
            "count": len(rows.references),
            "references": rows.references,
            "service": rows.service_id,
            "team": rows.receiving_team_id,
            "holders": rows.holders,
            "senders": len(rows.senders),
            "sending_teams": [team for team, _ in rows.senders],
            "sending_users": [user for _, user in rows.senders],
            "first": rows.first_due,
            "last": rows.last_due,
            "closed": rows.closed,
        }
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in (_PEOPLE, _REFERRALS, _POINTS, _PARTIES, _CHANGES):
            cursor.execute(statement, values)
        for table in ("referrals_person", "referrals_referral"):
            cursor.execute(_NUMBERS, {**values, "table": table})
