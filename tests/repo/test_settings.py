"""The settings that the code reads, their page, `.env.example` and docker-compose.yml agree."""

import ast
import os
import re
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
import yaml

from portal import env, settings
from tests.repo.facts import ROOT, code, files, name_of, parsed, texts

PAGE = ROOT / "docs" / "configuration.md"
COMPOSE = ROOT / "docker-compose.yml"
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
# docker-compose.yml has these beside what the portal reads.
COMPOSE_ONLY = {"DATABASE_PASSWORD", "PROXY_TLS"}
# The tests' own; nothing to set where the portal runs for real.
NOT_IN_PRODUCTION = {"PORTAL_TEST_DB"}
GOOD = {
    "PORTAL_MODE": "production",
    "PORTAL_SECRET_KEY": "kQ7vX2mB9tR4wZ8nC5hL1pJ6dF3gS0yA-uEoIaTrNsMxVbKqWzPlHcDj",
    "PORTAL_BASE_URL": "https://portal.example.org",
    "PORTAL_HOSTS": "portal.example.org",
    "PORTAL_SMTP_URL": "smtp+starttls://user:password@mail.example.org:587",
    "PORTAL_MAIL_FROM": "Common Ground <portal@example.org>",
    "DATABASE_URL": "postgresql://portal:secret@127.0.0.1/portal",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}


def read_in_code() -> set[str]:
    """Names that the code asks the environment for, found in its text."""
    return {
        call.args[0].value
        for path in code()
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


@cache
def documented() -> dict[str, tuple[str, str, str]]:
    """Name: (meaning, example, default), from the page."""
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert len({row[0] for row in rows}) == len(rows), "a name is there twice"
    return {name: (meaning, example, default) for name, meaning, example, default in rows}


def production(**changes: str | None) -> "subprocess.CompletedProcess[str]":
    """Load the settings in a process of its own, as on a real server; None takes one away."""
    given = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", "import portal.settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=False,
    )


@cache
def compose() -> dict[str, Any]:
    """docker-compose.yml, with its anchors resolved."""
    return dict(yaml.safe_load(COMPOSE.read_text(encoding="utf-8")))


def test_the_page_tells_of_every_setting_that_is_read():
    assert read_in_code() == env.READ, "a setting is read on some condition only"
    undocumented = env.READ - documented().keys()
    assert not undocumented


def test_nothing_else_reads_the_environment_by_itself():
    """Settings and the demonstration's supervision do; everybody else asks the settings."""
    reading = {
        name_of(path)
        for path in code()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute | ast.Name)
        and ast.unparse(node) in {"os.environ", "os.getenv", "environ"}
    }
    # The last hands a few variables on to a process of its own, and reads none of them.
    allowed = {
        "portal/env.py",
        "portal/celery.py",
        "portal/wsgi.py",
        "portal/worktime/calendars/reading.py",
    }
    assert {name for name in reading - allowed if not name.startswith("portal/embedded/")} == set()


def test_the_page_names_nothing_that_nobody_reads():
    scripts = "".join(
        text for name, text in texts(list(files())) if name.startswith(("script/", "portal/"))
    )
    for name in documented().keys() - env.READ - COMPOSE_ONLY:
        assert name in scripts, f"{name} is documented and not read"


def test_every_name_in_scripts_is_on_the_page():
    pattern = re.compile(r"\bPORTAL_[A-Z][A-Z_]*[A-Z]\b")
    for name, text in texts(list(files())):
        if name.startswith(("script/", "portal/", ".ci/")):
            unknown = set(pattern.findall(text)) - documented().keys() - {"PORTAL_TEST"}
            assert not unknown, f"{name} names {unknown}"


@pytest.mark.parametrize("name", sorted(documented()))
def test_each_row_says_what_example_and_default(name):
    meaning, example, default = documented()[name]
    assert len(meaning) > 15
    assert "`" in example
    assert default


def test_required_means_required():
    """A required setting stops the start, with its name and an example; the others do not."""
    assert production().returncode == 0, production().stderr
    for name in sorted(env.READ):
        refused = production(**{name: None})
        if documented()[name][2] == "**required**":
            assert refused.returncode != 0, name
            assert f"{name} is not set. For example: {name}=" in refused.stderr
        else:
            assert refused.returncode == 0, f"{name}: {refused.stderr}"


def test_examples_on_the_page_are_good_ones():
    examples = {}
    for name in env.READ:
        found = re.search(r"`([^`]+)`", documented()[name][1])
        assert found, name
        examples[name] = found[1]
    done = production(**examples)
    assert done.returncode == 0, done.stderr


def test_compose_gives_every_process_all_that_production_needs():
    expected = env.READ - NOT_IN_PRODUCTION
    for service in ("web", "worker", "dispatcher", "migrate"):
        environment = compose()["services"][service]["environment"]
        assert set(environment) == expected, service
        assert environment["PORTAL_MODE"] == "production"


def test_what_compose_wants_is_on_the_page_and_in_the_example_file():
    text = COMPOSE.read_text(encoding="utf-8")
    wanted = dict(re.findall(r"(?<!\$)\$\{(\w+)([^}]*)\}", text))
    assert set(wanted) <= documented().keys()
    assert set(wanted) >= COMPOSE_ONLY
    required = {name for name, rest in wanted.items() if rest.startswith(":?")}
    assert required == {name for name in wanted if documented()[name][2] == "**required**"}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=$", example, re.MULTILINE)) == required
    assert not re.findall(r"^[A-Z_]+=.+$", example, re.MULTILINE), "a value in the example file"


def test_defaults_in_compose_are_those_of_the_code():
    for name, default in re.findall(r"\$\{(\w+):-([^}]*)\}", COMPOSE.read_text(encoding="utf-8")):
        told = documented()[name][2]
        assert told.startswith(f"`{default}`") if default else told == "none", name


def test_files_are_kept_on_the_volume():
    environment = compose()["services"]["web"]["environment"]
    assert f"media:{environment['PORTAL_STATE_DIR']}" in compose()["services"]["web"]["volumes"]
    assert settings.MEDIA_ROOT == settings.STATE_DIR / "media"
