"""Dependencies: each has its line in docs/adr/0002, its hashes, and a licence that we may ship."""

import json
import re
import tomllib
from functools import cache
from importlib.metadata import metadata, packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repo.facts import ROOT, imported

RECORD = (ROOT / "docs" / "adr" / "0002-dependencies.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-demo.lock", "requirements-dev.lock")
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==(\S+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|0BSD|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General", re.I
)
# Imported although it only comes along, and with what.
WITH_ANOTHER = {"kombu": "Celery's own library for brokers, of the same version"}
# What the classifiers of a package say that is not free, and what its licence file says instead.
MEANT = {
    "qrcode": "BSD; the other classifier is for the word QR Code, a trade mark",
}


@cache
def locked(lock: str) -> dict[str, tuple[str, str]]:
    """Name: (version, the rest of its lines)."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {
        canonicalize_name(name): (version, rest) for name, version, rest in _PINNED.findall(text)
    }


def wanted() -> dict[str, list[Requirement]]:
    """The direct dependencies, by the lock that they belong in."""
    project = PROJECT["project"]
    return {
        "requirements.lock": [Requirement(line) for line in project["dependencies"]],
        "requirements-demo.lock": [
            Requirement(line) for line in project["optional-dependencies"]["demo"]
        ],
    }


def test_every_direct_dependency_has_its_line():
    told = " ".join(re.findall(r"^\| ([^|]+) \|", RECORD, re.MULTILINE)).lower()
    named = set(re.findall(r"[\w.-]+", told))
    direct = {one.name.lower() for many in wanted().values() for one in many}
    front_end = set(json.loads((ROOT / "package.json").read_text())["dependencies"])
    assert direct | front_end <= named, f"without a line: {(direct | front_end) - named}"
    lines = named - {"library", "---", "and", "npm"}
    assert lines <= direct | front_end, f"no longer used: {lines - direct - front_end}"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_file_that_is_installed_has_its_hash(lock):
    assert locked(lock)
    for name, (_, rest) in locked(lock).items():
        assert "--hash=sha256:" in rest, name


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-demo.lock"])
def test_the_locks_keep_to_the_ranges(lock):
    for requirement in wanted()[lock]:
        version, _ = locked(lock)[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"


def test_one_version_everywhere():
    for name, (version, _) in locked("requirements.lock").items():
        for lock in LOCKS[1:]:
            assert locked(lock)[name][0] == version, f"{name} differs in {lock}"


def licence_of(name: str) -> str:
    """What a package says of its licence: the expression, else classifiers, else the free text."""
    told = metadata(name)
    classifiers = [line for line in told.get_all("Classifier") or [] if line.startswith("License")]
    return told.get("License-Expression") or "; ".join(classifiers) or told.get("License") or ""


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-demo.lock"])
def test_what_we_ship_may_be_run_and_changed(lock):
    wrong = {}
    for name, (_, rest) in locked(lock).items():
        if ";" in rest.splitlines()[0]:
            continue  # for another platform or Python
        licence = licence_of(name)
        strict = "GPL" in licence.replace("LGPL", "") or "Proprietary" in licence
        if not FREE.search(licence) or (strict and name not in MEANT):
            wrong[name] = licence
    assert not wrong


def test_the_front_end_may_be_run_and_changed():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    licences = {name: told["license"] for name, told in packages.items() if name}
    assert len(licences) >= 3
    assert all(FREE.search(licence) for licence in licences.values()), licences
    assert all("integrity" in told for name, told in packages.items() if name)


def test_what_the_code_imports_is_asked_for():
    """Nothing is used that only comes along with something else."""
    direct = {canonicalize_name(one.name) for many in wanted().values() for one in many}
    owners = packages_distributions()
    strangers = {}
    for module, where in imported().items():
        names = {canonicalize_name(name) for name in owners.get(module, [])}
        if names and not names & (direct | WITH_ANOTHER.keys()):
            strangers[module] = where
    assert not strangers
