"""Which form a part of an entry has, filled from the entry or from what was sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from contacts import editing_queries as queries
from contacts.codes import AREA, COUNTY
from contacts.forms.editing import (
    AboutForm,
    NeedsForm,
    PartForm,
    ReferralsForm,
    standards_as_typed,
)
from contacts.forms.editing_lists import AreaForm, NoticesForm
from contacts.forms.editing_rows import DAYS, HoursForm, ReachForm, rows_in
from contacts.hours_text import day_text
from contacts.models import Service
from contacts.parts import Part
from contacts.presenters.own import notice_line
from contacts.whole import Whole, openings_from_data, standing
from portal.core.clock import now
from portal.core.references import new_opaque_id


def part_form(
    part: Part, service: Service, whole: Whole, data: QueryDict | None = None
) -> PartForm:
    """The form: with `data` as it was sent, without as the entry stands."""
    initial = {"key": new_opaque_id(), "version": str(service.version)}
    return _MAKE[part.slug](service, whole, data, initial)


def again(part: Part, service: Service, whole: Whole, data: QueryDict, act: str) -> PartForm:
    """The form with what was typed, after a button that only changes the form itself: another
    row, one row less, one row up, districts found, the same hours for other days."""
    data = data.copy()
    if part.slug == "reach":
        return _rows_again(data, act)
    words = data.get("find", "").replace("\0", "").strip()[:80]
    if part.slug == "area" and words:
        data["find"] = ""
        found = queries.areas_found(words)
        form = _area(service, whole, data, {}, found=found, words=words)
    else:
        if act == "same":
            for day in DAYS[1:5]:
                data[day] = data.get("monday", "")
        form = part_form(part, service, whole, data)
    form.quiet()
    return form


def _rows_again(data: QueryDict, act: str) -> ReachForm:
    numbers = rows_in(data)
    verb, _, which = act.partition("-")
    places = {str(number): place for place, number in enumerate(numbers)}
    if which in places:
        place = places[which]
        if verb == "remove":
            numbers.pop(place)
        elif verb == "up" and place:
            numbers[place - 1], numbers[place] = numbers[place], numbers[place - 1]
    typed = [
        [data.get(f"contact-{n}-{name}", "") for name in ("kind", "value", "label", "visibility")]
        for n in numbers
    ]
    initial: dict[str, Any] = {name: data.get(name, "") for name in ("key", "version")}
    initial["contacts"] = [row for row in typed if row[1].strip() or row[2].strip()]
    form = ReachForm(initial=initial)
    if "contacts" in data.getlist("clash"):
        form.ask_about(["contacts"])
        form.initial["take-contacts"] = data.get("take-contacts", "")
    return form


def _about(service: Service, whole: Whole, data: Any, initial: dict[str, Any]) -> PartForm:
    names = ("name", "kind", "summary", "is_single_point_of_access")
    return AboutForm(data, initial={**initial, **{name: whole[name] for name in names}})


def _needs(service: Service, whole: Whole, data: Any, initial: dict[str, Any]) -> PartForm:
    lists = ("what_it_needs", "what_it_does_not_do")
    texts = ("ring_first", "threshold")
    given = {name: "\n".join(whole[name]) for name in lists} | {n: whole[n] for n in texts}
    return NeedsForm(data, initial={**initial, **given})


def _referrals(service: Service, whole: Whole, data: Any, initial: dict[str, Any]) -> PartForm:
    given = {
        "how_it_takes_referrals": whole["how_it_takes_referrals"],
        "receiving_team": str(whole["receiving_team"] or ""),
        **standards_as_typed(whole["standards"], service.hours()),
    }
    return ReferralsForm(
        data,
        initial={**initial, **given},
        teams=queries.teams_for(service),
        hours=service.hours(),
    )


def _reach(service: Service, whole: Whole, data: Any, initial: dict[str, Any]) -> PartForm:
    return ReachForm(data, initial={**initial, "contacts": whole["contacts"]})


def _hours(service: Service, whole: Whole, data: Any, initial: dict[str, Any]) -> PartForm:
    openings = openings_from_data(whole["openings"])
    given: Mapping[str, Any] = {
        **{day: day_text(openings, weekday) for weekday, day in enumerate(DAYS)},
        "always_open": whole["always_open"],
        "closed_on_bank_holidays": "closed" if whole["closed_on_bank_holidays"] else "open",
        "out_of_hours": whole["out_of_hours"],
    }
    return HoursForm(data, initial={**initial, **given}, instead=queries.to_ring_instead(service))


def _area(
    service: Service,
    whole: Whole,
    data: QueryDict | None,
    initial: dict[str, Any],
    *,
    found: Sequence[tuple[str, str]] = (),
    words: str = "",
) -> PartForm:
    data = _districts_only(data) if data is not None else None
    chosen = whole["covers"] if data is None else data.getlist("covers")
    areas = sorted(queries.area_names(chosen).items(), key=lambda area: area[1])
    kept = [area for area in found if area not in areas]
    given = {"covers": whole["covers"], "basis": whole["basis"]}
    return AreaForm(data, initial={**initial, **given}, areas=areas, found=kept, words=words)


def _districts_only(data: QueryDict) -> QueryDict:
    """What was found and ticked is among the chosen from now on, an authority as its districts."""
    data = data.copy()
    codes = [code for code in data.getlist("covers") if AREA.match(code)]
    for code in data.getlist("more"):
        if AREA.match(code):
            codes.append(code)
        elif COUNTY.match(code):
            codes += queries.areas_of(code)
    data.setlist("covers", sorted(set(codes)))
    data.setlist("more", [])
    return data


def _notices(service: Service, whole: Whole, data: Any, initial: dict[str, Any]) -> PartForm:
    at = now()
    left = [(one, notice_line(one, at)) for one in standing(whole["notices"], at)]
    given = {"begins": at.isoformat(), "visibility": "public"}
    return NoticesForm(data, initial={**initial, **given}, standing=left)


_MAKE: dict[str, Any] = {
    "about": _about,
    "needs": _needs,
    "referrals": _referrals,
    "reach": _reach,
    "hours": _hours,
    "area": _area,
    "notices": _notices,
}
