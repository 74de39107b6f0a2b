"""The local mail server, spoken to by real SMTP."""

import mailbox
import smtplib
import socket
import subprocess
import sys
import time
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


def say(port, *pieces):
    """What the server answers to raw pieces, a moment apart; without the greeting."""
    address = ("127.0.0.1", port)
    with socket.create_connection(address, timeout=10) as line, line.makefile("rb") as answers:
        answers.readline()
        for piece in pieces:
            line.sendall(piece)
            time.sleep(0.05)
        line.shutdown(socket.SHUT_WR)
        return answers.read().decode().splitlines()


ENVELOPE = b"MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n"


def test_commands_may_come_all_at_once_or_in_pieces(post):
    port, folder = post
    whole = ENVELOPE + b"Subject: %d\r\n\r\nWords\r\n.\r\n"
    at_once = say(port, whole % 1 + whole % 2 + b"QUIT\r\n")
    assert [answer[:3] for answer in at_once] == ["250", "250", "354", "250"] * 2 + ["221"]
    third = whole % 3
    in_pieces = say(port, third[:5], third[5:60], third[60:-4], third[-4:-2], third[-2:])
    assert [answer[:3] for answer in in_pieces] == ["250", "250", "354", "250"]
    assert kept(folder) == ["1", "2", "3"]


def test_a_full_stop_at_the_beginning_of_a_line_is_kept_once(post):
    port, folder = post
    say(port, ENVELOPE + b"Subject: x\r\n\r\n..\r\n..two\r\n.\r\n")
    (found,) = mailbox.Maildir(str(folder), factory=None)
    assert found.get_payload() == ".\n.two\n"


def test_no_mail_hides_in_another_behind_an_odd_line_end(post):
    port, folder = post
    odd = b"Subject: one\r\n\r\nWords\n.\n" + ENVELOPE + b"Subject: hidden\r\n\r\n\n.\r\n.\r\n"
    assert len(say(port, ENVELOPE + odd)) == 4
    assert kept(folder) == ["one"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"MAIL FROM:a@example.org\r\n", "501"),
        (b"RCPT TO:<b@example.org>\r\n", "503"),
        (b"DATA\r\n", "503"),
        (b"MAIL FROM:<a@example.org> SIZE=99999999\r\n", "552"),
        (b"EXPN everybody\r\n", "500"),
        (b"x" * 5000, "421"),
    ],
)
def test_what_is_out_of_order_is_refused(post, said, code):
    port, _ = post
    assert [answer[:3] for answer in say(port, said)] == [code]


def test_a_mail_that_is_broken_off_is_not_kept(post):
    port, folder = post
    say(port, ENVELOPE + b"Subject: half\r\n\r\nWor")
    assert kept(folder) == []
