"""Who sees what first, and the row of links: from the reader's roles."""

from portal.accounts.access import Reader
from portal.accounts.desks import failed_mails_of, looks_after
from portal.accounts.roles import May, Role
from portal.core.paths import path_of
from portal.notifications.queries import unread_count
from portal.ui.shapes import NavItem
from referrals import queries


def navigation(
    reader: Reader | None, path: str, *, needs_decision: int | None = None
) -> list[NavItem]:
    """The row for this reader; the one whose page is open is marked.

    `needs_decision`: how many of the inbox do, where the page has counted them itself.
    """
    items = [_item("Who to contact", "who-to-contact", path)]
    if reader is None:
        return items
    waiting = queries.waiting(reader, needs_decision=needs_decision)
    if reader.may(May.REFER):
        items.append(_item("My board", "board", path, waiting.for_us, "wait for us"))
    first = first_page(reader) in ("inbox", "team")
    here = path == path_of("inbox")
    # Most practices receive little: their inbox is there when something is in it.
    if reader.may(May.TRIAGE) and (first or here or waiting.needs_decision):
        # First for those who begin there, last for those who begin with the postcode box.
        place = 0 if first else len(items)
        needs = waiting.needs_decision
        items.insert(place, _item("Inbox", "inbox", path, needs, "need a decision"))
    if reader.may(May.READ_REFERRALS):
        items.append(_item("Meetings", "meetings", path))
    if reader.may(May.EDIT_DIRECTORY):
        # First for those who begin there.
        place = 0 if first_page(reader) == "own-entries" else len(items)
        items.insert(place, _item("Your entries", "own-entries", path))
    if reader.may(May.OVERSEE_TEAM):
        items.append(_item("Team", "team", path))
    if reader.may(May.ADMINISTER_ACCOUNTS):
        items.append(_item("People", "account-people", path))
    items.append(_item("Directory", "directory", path))
    items.append(_item("Working together", "working-together", path))
    # Only for those who can do something about them, and only when there are some.
    failed = failed_mails_of(reader) if looks_after(reader) else 0
    if failed or (path == path_of("account-mails") and looks_after(reader)):
        items.append(_item("Mails that failed", "account-mails", path, failed, "to look after"))
    items.append(_item("Notifications", "notifications", path, unread_count(reader.user.pk), "new"))
    return items


def _item(label: str, name: str, path: str, badge: int = 0, words: str = "waiting") -> NavItem:
    href = path_of(name)
    return NavItem(label=label, href=href, current=path == href, badge=badge, badge_words=words)


def first_page(reader: Reader) -> str:
    """The name of the page that somebody sees first: the inbox for those who triage in social care,
    the team's page for its manager,
    their entries for those who only edit the directory.

    Clinicians triage too (a ward receives referrals back), but begin with the postcode box.
    """
    social = [m for m in reader.memberships if m.team and m.team.side == "social"]
    if social and reader.may(May.TRIAGE, social[0].team_id):
        return "team" if Role(social[0].role) == Role.MANAGER else "inbox"
    if reader.may(May.EDIT_DIRECTORY) and not reader.may(May.REFER):
        return "own-entries"
    return "start"
