"""The forms of a page, as a browser finds them: what they bring along, and what is typed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

# What a person types into; everything else is a choice, a button or ours.
TYPED = {"", "text", "search", "email", "tel", "url", "number", "password", "date", "time"}


@dataclass
class Form:
    """One form of a page: where it goes, what it brings along, what is typed into it."""

    method: str
    action: str
    given: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


def forms_on(html: str, address: str) -> list[Form]:
    """Every form of the page that stands at an address."""
    reader = _Reader()
    reader.feed(html)
    for form in reader.found:
        form.action = urljoin(address, form.action).partition("#")[0]
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(has.get("method", "get").lower(), has.get("action", ""))
            self.found.append(self._open)
        if self._open is None:
            return
        if tag == "option" and (has.get("value") or "selected" in has):
            self._choose(self._select, has["value"], chosen="selected" in has)
        if not has.get("name"):
            return
        kind = has.get("type", "").lower()
        if tag == "textarea" or (tag == "input" and kind in TYPED):
            self._open.typed.append(has["name"])
        elif tag == "button" or kind == "submit":
            self._open.buttons.append((has["name"], has.get("value", "")))
        elif tag == "select":
            self._select = has["name"]
        elif kind == "radio":
            self._choose(has["name"], has.get("value", ""), chosen="checked" in has)
        elif kind != "checkbox" or "checked" in has:
            self._open.given[has["name"]] = has.get("value", "")

    def _choose(self, name: str, value: str, *, chosen: bool) -> None:
        """The first choice, unless another has been made: a choice left open is refused first."""
        if self._open and (chosen or name not in self._open.given):
            self._open.given[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
