"""What "who to contact" is asked with and answered in: plain data, without a rule."""

from dataclasses import dataclass
from datetime import date

from contacts.states import About, Basis, How


@dataclass(frozen=True, slots=True)
class Source:
    """Where a dated fact is from, and of which day that is."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class DatedFact:
    """What changes on a day, as a whole sentence, with its source."""

    on: date
    sentence: str
    source: Source


@dataclass(frozen=True, slots=True)
class KnownList:
    """A published list of which place and month it is known."""

    covers: str
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class PracticeList:
    """The GP practices that are loaded and open: how many in each nation, and when the newest of
    them opened. `bundled` where all of them are of the list that comes with the portal."""

    nations: dict[str, int]
    newest: date | None
    bundled: KnownList | None


@dataclass(frozen=True, slots=True)
class Authority:
    """Who answers for an area. `gss` is None while a planned council has no code yet.

    `telephone` is its main number, empty where nobody has entered it.
    """

    name: str
    gss: str | None
    short_name: str
    organisation_id: int | None = None
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """An authority answers for an area from a day up to, not including, another.

    `source` is where it is from that it begins on that day, as far as that is kept.
    """

    authority: Authority | None
    how: How
    from_date: date
    until: date | None = None
    source: Source | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is the one on that day."""
        return self.from_date <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class PostalArea:
    """The letters a postcode begins with. Two `nations` where it crosses a border; none where it
    is no place on the map. `councils` are given where Highland is one of those it reaches into:
    there another body answers than in the rest of its nation."""

    letters: str
    name: str
    nations: tuple[str, ...]
    councils: tuple[str, ...] = ()

    @property
    def has_councils(self) -> bool:
        """Whether councils can answer there: not in Northern Ireland, on an island or nowhere."""
        return not {"England", "Wales", "Scotland"}.isdisjoint(self.nations)


@dataclass(frozen=True, slots=True)
class Place:
    """What the postcode directory and the councils' list say about a home.

    `area_name` is the district's ("Cambridge"); `area_gss` is empty where nobody knows the place.
    `planned` is what is planned for counties in general. `postal_area` stands in
    for all of it where the postcode itself is not loaded.
    """

    postcode: str
    nation: str
    area_gss: str
    area_name: str = ""
    terminated_on: date | None = None
    tenures: tuple[Tenure, ...] = ()
    postal_area: PostalArea | None = None
    planned: DatedFact | None = None

    def tenure_on(self, day: date) -> Tenure | None:
        """Who answers for it on a day."""
        return tenure_on(self.tenures, day)


def tenure_on(tenures: tuple[Tenure, ...], day: date) -> Tenure | None:
    """The one that holds on a day."""
    return next((tenure for tenure in tenures if tenure.holds_on(day)), None)


@dataclass(frozen=True, slots=True)
class Share:
    """Which part (0 to 1) of a practice's people live with an authority."""

    authority: Authority
    share: float


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """The practice where the person is registered; `covers_home` is None where nobody has said."""

    ods: str
    name: str
    nation: str
    area_gss: str = ""
    tenures: tuple[Tenure, ...] = ()
    covers_home: bool | None = None
    shares: tuple[Share, ...] = ()
    is_readers_own: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the circumstances that can move the answer.

    The postcode is that of the person's home; for a carer of the home of the person cared for;
    for safeguarding, and for somebody without a settled home, of where the person is now; for
    aftercare of the home before detention. `placed` means by a council other than the home's;
    `placed_by` is which, where it is known.
    """

    about: About = About.CARE
    in_hospital: bool = False
    placed: bool = False
    placed_by: Authority | None = None
    arranged_own_home: bool = False
    no_settled_home: bool = False
    under_18: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Who to contact, on which basis and why.

    `explanation` are whole sentences; `practice_explanation` are those about home and
    registration, of which `stressed` is the part to be seen first. `wanted` are the bases of the
    services to show, the leading one first. `local` is the authority of the place itself,
    whoever is responsible; `tell_too` is a council that must hear of it as well.
    `further` are the other questions that could change the answer (whether they do, the services
    decide); `asks_who_placed` says that the name of the placing council would.
    """

    nation: str
    basis: Basis
    authority: Authority | None
    how: How | None
    explanation: tuple[str, ...]
    wanted: tuple[Basis, ...]
    practice_explanation: tuple[str, ...] = ()
    stressed: str = ""
    local: Authority | None = None
    tell_too: Authority | None = None
    further: tuple[About, ...] = ()
    asks_who_placed: bool = False

    @property
    def areas_differ(self) -> bool:
        """Whether home and registration fall into the areas of two authorities."""
        return bool(self.stressed)
