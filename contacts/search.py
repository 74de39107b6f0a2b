"""The search over the directory: entries that meet every part of what was typed, best first.

Rank by where a word stands: in the name, in what the service is for or needs, in its places, in
its summary. Two statements for a page however many entries there are; the count stops at MOST.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from contacts.search_words import Part
from contacts.states import Kind
from portal.core.clock import today

PAGE = 25
MOST = 1000
# Summary, place, need, name: PostgreSQL's D to A.
_WEIGHTS = "'{0.1, 0.25, 0.5, 1.0}'"
# What a kind and a place weigh that stand in no words.
_KIND, _AREA = 0.3, 0.15
_STATEMENT = """
WITH found AS (
    SELECT s.id, s.name, {rank} AS rank
    FROM contacts_service s
    JOIN contacts_searchentry e ON e.service_id = s.id
    WHERE (s.closed_on IS NULL OR s.closed_on > %(today)s){conditions}
    ORDER BY rank DESC, s.name, s.id
    LIMIT {most}
)
SELECT (SELECT count(*) FROM found),
    array(SELECT id FROM found ORDER BY rank DESC, name, id LIMIT {page} OFFSET %(offset)s)
"""
_OUTCODE_AREAS = """
SELECT DISTINCT p.district_gss FROM contacts_postcode p
WHERE p.key LIKE %({name})s AND length(p.key) = length(%({name})s) + 2
"""
_COVERS = "EXISTS (SELECT 1 FROM contacts_servicearea a WHERE a.service_id = s.id AND {which})"
# Of a council: its own entries, and those that cover a district it answers for.
_OF_COUNCIL = """
 AND (s.organisation_id = %(council)s OR EXISTS (
    SELECT 1 FROM contacts_servicearea a JOIN contacts_responsibility r USING (area_gss)
    WHERE a.service_id = s.id AND r.authority_id = %(council)s
        AND r.from_date <= %(today)s AND (r.until IS NULL OR r.until > %(today)s)))
"""
# Whether somebody reads referrals to it here.
_TAKES = """EXISTS (
    SELECT 1 FROM accounts_team t WHERE t.id = s.receiving_team_id AND t.closed_on IS NULL)"""


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of one page in their order, and how many there are in all (MOST: that or more)."""

    ids: tuple[int, ...]
    total: int


def search(
    parts: Sequence[Part],
    *,
    kind: Kind | None = None,
    council_id: int | None = None,
    takes_referrals: bool | None = None,
    page: int = 1,
) -> Found:
    """Entries that meet all parts, of a kind and of a council where these are given.

    `takes_referrals`: only those that take some here, or only the others.
    """
    values: dict[str, Any] = {"today": today(), "offset": (page - 1) * PAGE}
    conditions, ranks = [], ["0"]
    for number, part in enumerate(parts):
        condition, rank = _of(part, f"part{number}", values)
        conditions.append(f" AND ({condition})")
        ranks.append(rank)
    if kind:
        conditions.append(" AND s.kind = %(kind)s")
        values["kind"] = str(kind)
    if council_id:
        conditions.append(_OF_COUNCIL)
        values["council"] = council_id
    if takes_referrals is not None:
        conditions.append(f" AND {'' if takes_referrals else 'NOT '}{_TAKES}")
    statement = _STATEMENT.format(
        rank=" + ".join(ranks), conditions="".join(conditions), most=MOST, page=PAGE
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        total, ids = cursor.fetchone()
    return Found(tuple(ids), total)


def _of(part: Part, name: str, values: dict[str, Any]) -> tuple[str, str]:
    """(condition, rank) of one part in SQL; what was typed goes into `values` only."""
    conditions, ranks = [], []
    if part.phrases:
        queries = []
        for number, phrase in enumerate(part.phrases):
            values[f"{name}p{number}"] = phrase
            queries.append(f"phraseto_tsquery('english', %({name}p{number})s)")
        query = f"({' || '.join(queries)})"
        conditions.append(f"e.document @@ {query}")
        ranks.append(f"ts_rank({_WEIGHTS}, e.document, {query})")
    if part.kinds:
        values[f"{name}k"] = [str(kind) for kind in part.kinds]
        conditions.append(f"s.kind = ANY(%({name}k)s)")
        ranks.append(f"CASE WHEN s.kind = ANY(%({name}k)s) THEN {_KIND} ELSE 0 END")
    if part.areas:
        values[f"{name}a"] = list(part.areas)
        conditions.append(_COVERS.format(which=f"a.area_gss = ANY(%({name}a)s)"))
    if part.outcode:
        values[f"{name}o"] = f"{part.outcode}%"
        areas = _OUTCODE_AREAS.format(name=f"{name}o").strip()
        conditions.append(_COVERS.format(which=f"a.area_gss IN ({areas})"))
    if part.areas or part.outcode:
        ranks.append(f"CASE WHEN {conditions[-1]} THEN {_AREA} ELSE 0 END")
    return " OR ".join(conditions), " + ".join(ranks)
