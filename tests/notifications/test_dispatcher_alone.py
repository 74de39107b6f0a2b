"""The dispatcher without a worker: it sends itself, and ends cleanly."""

import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from portal.notifications import heartbeats
from portal.notifications.actions import Recipient
from portal.notifications.models import Notification
from tests.mail_server import MailServer
from tests.notifications.conftest import told
from tests.processes import dispatcher, own_redis, portal_environment, wait_until


@pytest.mark.django_db(transaction=True)
def test_it_sends_without_a_worker_and_gives_back_the_rest_when_it_is_stopped(
    folder: Path,
) -> None:
    with MailServer() as mail, own_redis(folder) as broker:
        mail.holding = True
        environment = portal_environment(redis=broker.url, smtp=mail.url)
        with dispatcher(folder, environment) as program:
            wait_until(lambda: heartbeats.is_alive("dispatcher"), "it gives a sign of life")
            told("e", *(Recipient.mailbox(f"e{number}@example.org", None) for number in range(5)))
            wait_until(lambda: mail.waiting == 1, "a mail is on its way")
            program.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            mail.holding = False
            assert program.process.wait(timeout=10) == 0
        assert len(mail.mails) == 1
    states = Counter(Notification.objects.values_list("state", "lease_token", "attempts"))
    assert states == {("sent", None, 1): 1, ("queued", None, 1): 4}
    assert "dispatcher" not in heartbeats.ages()  # it said goodbye
