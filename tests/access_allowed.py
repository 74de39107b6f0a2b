"""What a reader of the cast may be answered with, by the class of the route."""

from portal.accounts.access import reader_for
from portal.accounts.roles import May
from tests import access_classes as classes
from tests.cast import Cast


def allowed(kind: str, name: str, cast: Cast) -> set[int]:
    """The statuses that a reader may be answered with; everything else is a hole or a fault."""
    fine = {200, 204, 302, 400, 405, 409, 412, 415, 422}
    if kind in (classes.PUBLIC, classes.STRANGER, classes.OWN):
        return fine | {404}
    if kind in (classes.REFER, classes.TRIAGE, classes.OVERSEE, classes.PEOPLE):
        may = {
            classes.REFER: May.REFER,
            classes.TRIAGE: May.TRIAGE,
            classes.OVERSEE: May.OVERSEE_TEAM,
            classes.PEOPLE: May.ADMINISTER_ACCOUNTS,
        }[kind]
        return fine | {404} if reader_for(cast.users[name]).may(may) else {403, 404, 405}
    if kind == classes.ROTA:
        return fine if name in ("ada", "wanda", "tess", "mina") else {404, 405}
    if kind == classes.WEEK:  # Sam's, of the front door
        return fine | {404} if name in ("sam", "tess", "mina") else {404, 405}
    if kind == classes.LOOKS_AFTER:
        return fine if name in ("tess", "mina", "olga") else {404, 405}
    if kind in (classes.UPKEEP, classes.EDITOR):
        may_pass = name == "dora" or (name == "olga" and kind == classes.UPKEEP)
        return fine if may_pass else {403, 404, 405}
    if kind == classes.ENTRIES:
        return fine if name == "dora" else {404, 405}
    if kind == classes.REPORT:
        return fine | {403} if name in ("alice", "dora", "olga") else {404, 405}
    if kind in (classes.AUTHOR, classes.OWNERS):
        return fine if name in ("alice", "ada") else {404, 405}
    if kind == classes.TEAM_MEMBER:
        reads = reader_for(cast.users[name]).may(May.READ_REFERRALS)
        return fine | {404} if reads else {403, 404, 405}
    if kind == classes.TOGETHER:
        return fine | {404} if name in ("alice", "ada") else {404, 405}
    if kind == classes.HOST and name == "alice":
        return {302, 403, 405}
    if kind in (classes.INVITED, classes.ORGANISER, classes.HOST):
        if name == "sam" and kind == classes.ORGANISER:
            return {403, 405}
        return fine if name in ("alice", "sam") else {404, 405}
    sends, receives = name in ("alice", "ada"), name in ("sam", "tess", "mina")
    if not (sends or receives):
        return {404, 405}
    if (kind == classes.RECEIVER and sends) or (kind == classes.SENDER and receives):
        return {403, 405}
    return fine
