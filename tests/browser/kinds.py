"""Which kinds of element a page is made of, so that nothing is judged twice.

axe judges an element by what it is and where it stands, not by what it says: of the hundreds of
states that the journeys reach, most show elements in places that another state has shown already.
"""

from playwright.sync_api import Page

# An element's kind: its name, its attributes, whether it says anything, and the kinds of all around
# it. Of attributes whose values are references, numbers or words, the name alone. What follows what
# counts for headings, whose levels may not jump, and for terms and their descriptions.
_KINDS = """() => {
    const telling = /^(class|id|for|name|role|type|aria-(?!label$).*)$/;
    const varying = /\\d+|\\b[A-Z]{1,2}-[0-9A-Z]{4}-[0-9A-Z]{4}\\b/g;
    const attribute = ({name, value}) =>
        telling.test(name) ? `${name}=${value.replace(varying, "#")}` : name;
    const speaks = node => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "";
    const before = element => /^d[td]$/.test(element.localName)
        ? element.previousElementSibling?.localName ?? "" : "";
    const kinds = new Set();
    const walk = (element, around) => {
        const kind = [
            around, ">", before(element), element.localName,
            ...[...element.attributes].map(attribute).sort().map(a => `[${a}]`),
            [...element.childNodes].some(speaks) ? "!" : "",
        ].join("");
        kinds.add(kind);
        for (const child of element.children) walk(child, kind);
    };
    for (const child of document.body.children) walk(child, "");
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(h => h.localName);
    levels.forEach((level, i) => kinds.add(`${levels[i - 1] ?? ""} ${level}`));
    return [...kinds];
}"""
_judged: dict[bool, set[str]] = {True: set(), False: set()}


def new_kinds(page: Page, *, scripts: bool) -> set[str]:
    """What the page has that no page before it had, with or without scripts."""
    return set(page.evaluate(_KINDS)) - _judged[scripts]


def judged(kinds: set[str], *, scripts: bool) -> None:
    """These have been found to be in order."""
    _judged[scripts] |= kinds
