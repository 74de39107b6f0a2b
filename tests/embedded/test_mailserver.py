"""The local mail server, spoken to by real SMTP."""

import mailbox
import smtplib
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from portal.embedded.mailserver import LARGEST_MAIL, greets, listen

from .conftest import CHECKOUT, wait_until


@pytest.fixture
def post(tmp_path, environment):
    """Start a mail server that keeps three mails; gives (port, Maildir)."""
    listener = listen()
    port = listener.getsockname()[1]
    folder = tmp_path / "mail"
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "portal.embedded.mailserver"),
            *("--folder", str(folder), "--fd", str(listener.fileno()), "--keep", "3"),
        ],
        env=environment,
        pass_fds=[listener.fileno()],
    )
    listener.close()
    wait_until(lambda: greets(port))
    yield port, folder
    server.terminate()
    assert server.wait(timeout=10) == 0


def mail(subject, content="Words"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", subject
    message.set_content(content)
    return message


def kept(folder):
    return sorted(one["Subject"] for one in mailbox.Maildir(str(folder)))


def test_a_mail_is_kept_with_its_envelope(post):
    port, folder = post
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.send_message(
            mail("Zażółć", "Grüße"), "sender@example.org", ["one@example.org", "two@example.org"]
        )
    (found,) = mailbox.Maildir(str(folder), factory=None)
    assert found["Return-Path"] == "<sender@example.org>"
    assert found.get_all("Delivered-To") == ["one@example.org", "two@example.org"]
    assert found.get_payload(decode=True).decode().strip() == "Grüße"
    assert list((folder / "tmp").iterdir()) == []


def test_the_newest_are_kept(post):
    port, folder = post
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        for number in range(5):
            client.send_message(mail(f"mail {number}"))
    assert kept(folder) == ["mail 2", "mail 3", "mail 4"]


def test_a_mail_that_is_too_large_is_refused(post):
    port, folder = post
    with (
        smtplib.SMTP("127.0.0.1", port, timeout=20) as client,
        pytest.raises(smtplib.SMTPResponseException) as refusal,
    ):
        client.send_message(mail("large", "x" * 70 + "\n" * (LARGEST_MAIL + 100)))
    assert refusal.value.smtp_code == 552
    assert kept(folder) == []


def test_mail_waits_while_the_server_is_started_again(servers):
    port = urlsplit(servers.told["PORTAL_SMTP_URL"]).port
    server = next(one for one in servers.look() if "portal.embedded.mailserver" in one.cmdline())
    server.kill()
    server.wait(timeout=10)
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        client.send_message(mail("kept waiting"))
    assert kept(Path(servers.told["state"], "mail")) == ["kept waiting"]


def test_a_taken_port_is_told():
    with listen() as listener:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "portal.embedded.mailserver"),
                *("--folder", "/nonexistent", "--port", str(listener.getsockname()[1])),
            ],
            capture_output=True,
            text=True,
            cwd=Path(CHECKOUT),
        )
    assert done.returncode == 1
    assert "Address already in use" in done.stderr
