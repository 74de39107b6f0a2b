"""A notification as a mail: plain text, our own words, no person."""

import re
from datetime import UTC
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import DNS_NAME, EmailMessage, EmailMultiAlternatives
from django.template.loader import get_template, render_to_string

from portal.core.clock import now
from portal.notifications.calendars import addressed
from portal.notifications.kinds import KINDS, MEETING_FACTS, by_words, unsealed
from portal.notifications.models import Notification
from portal.ui.words import DAYS

_BLANK_LINES = re.compile(r"\n\s*\n")
# Every name that a template may ask for, so that a fact that was not given is empty.
_NO_FACTS = dict.fromkeys(sorted(MEETING_FACTS | {"link", "subject", "body", "code"}), "")


def compose(row: Notification, address: str) -> EmailMessage:
    """The mail for one row. Raises KeyError, Unreadable and template errors: faults of ours."""
    kind = KINDS[row.kind]
    facts = {**_NO_FACTS, **unsealed(row.kind, row.facts)}
    facts["by"] = by_words(facts["by"])
    link = facts["link"] or (settings.BASE_URL + row.path if row.path else "")
    says = facts["subject"] or kind.says
    body = render_to_string(kind.template, {**facts, "says": says, "link": link})
    mail = EmailMultiAlternatives(
        subject=subject(says, facts["urgency"] or facts["when"], facts["reference"]),
        body=_BLANK_LINES.sub("\n\n", body).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={
            "Message-ID": row.message_id,
            "Date": format_datetime(now().astimezone(UTC)),
            # RFC 3834: out-of-office programs do not answer.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    if facts["calendar"]:
        invitation = addressed(facts["calendar"], address)
        mail.attach_alternative(invitation.text, f"text/calendar; method={invitation.method}")
    return mail


def warm_up() -> None:
    """Do what the first mail of a process would wait for: templates, and our host's name."""
    for kind in KINDS.values():
        get_template(kind.template)
    str(DNS_NAME)


def subject(says: str, urgency: str, reference: str) -> str:
    """The subject line: what happened, how urgent or when, which one it is. Always one line."""
    urgency = urgency if urgency[:3] in DAYS else urgency.lower()
    line = ", ".join(part for part in (says, urgency, reference) if part)
    return " ".join(line.split())


def sound_address(address: str) -> str:
    """The bare address, or "" where it is none that could be put on an envelope."""
    bare = parseaddr(address)[1]
    local, at, domain = bare.rpartition("@")
    sound = bare == address and at and local and domain and address.isprintable()
    return bare if sound and " " not in address else ""
