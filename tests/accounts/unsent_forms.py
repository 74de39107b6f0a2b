"""A form that is sent when the session is over, and where it waits."""

from django.test import Client

from portal.accounts.parking import COOKIE

TYPED = {
    "once": "a-key-of-this-form",
    "name": "Nora <New>",
    "job_title": "Social worker",
    "email": "nora@test.example",
    "role": "social-worker",
}


def waits(browser: Client) -> str:
    """The page of the newest form that the browser holds a token of."""
    key = [name.removeprefix(COOKIE) for name in browser.cookies if name.startswith(COOKIE)][-1]
    return f"/account/unsent/{key}/"
