"""What production settings demand and refuse."""

import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.demonstration import demonstration_sign_ins
from portal.accounts.models import User
from portal.embedded.errors import CannotStart
from portal.embedded.preflight import check_mode
from tests.repo.facts import ROOT
from tests.repo.test_settings import GOOD, production


def test_a_demonstration_is_refused_on_an_address_for_real_people():
    refused = production(PORTAL_MODE="demonstration")
    assert refused.returncode != 0
    assert "PORTAL_MODE=production" in refused.stderr
    assert (
        production(PORTAL_MODE="demonstration", PORTAL_BASE_URL="http://127.0.0.1").returncode == 0
    )


@pytest.mark.parametrize("mode", ["production", "test", "Production"])
def test_the_embedded_servers_serve_a_demonstration_only(mode):
    with pytest.raises(CannotStart, match="demonstration mode only"):
        check_mode({"PORTAL_MODE": mode})


def test_the_demonstration_is_not_loaded_in_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("load_demonstration")
    assert not User.objects.exists()


def test_nobody_is_offered_the_demonstrations_sign_ins_in_production(settings):
    settings.DEMONSTRATION = False
    assert demonstration_sign_ins() == ()


def test_the_deployment_check_passes():
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **GOOD},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_production_settings_are_strict():
    strict = (
        "from portal import settings as s;"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_SSL_REDIRECT;"
        "assert s.SECURE_HSTS_SECONDS >= 31_536_000 and s.SECOND_FACTOR_REQUIRED;"
        "assert not s.DEBUG and not s.DEMONSTRATION and s.PROXIES == 1;"
        "assert 'unsafe' not in str(s.CONTENT_SECURITY_POLICY)"
    )
    environment = {"PATH": os.environ["PATH"], **GOOD}
    subprocess.run([sys.executable, "-c", strict], cwd=ROOT, env=environment, check=True)
