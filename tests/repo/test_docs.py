"""Pages that must not drift from what they tell of."""

import re
import tomllib
from io import StringIO

import pytest
from django.core.management import call_command, get_commands

from portal.accounts.demonstration import PASSWORD, all_sign_ins
from referrals.management.commands import states_document
from tests.repo.facts import ROOMS, ROOT, code, name_of, named, parsed, texts

DOCS = ROOT / "docs"
RECORDS = sorted(path for path in (DOCS / "adr").glob("*.md") if path.name != "README.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_decision_is_in_the_index_by_its_title():
    titles = {}
    for path in RECORDS:
        found = re.match(r"# (\d+)\. (.+)\n", path.read_text(encoding="utf-8"))
        assert found, f"{path.name} begins with its number and title"
        assert path.name.startswith(f"{int(found[1]):04}-"), path.name
        titles[f"[{found[1]}]({path.name})"] = found[2]
    index = (DOCS / "adr" / "README.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| (\[\d+\]\([^)]+\)) \| (.+) \|$", index, re.MULTILINE)) == titles


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_a_decision_says_what_lost(path):
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert "Decision" in headings
    assert {"Options that lost", "What lost"} & set(headings)


def test_every_decision_that_is_named_is_there():
    known = {path.name[:4] for path in RECORDS}
    for name, text in texts([*code(), *named(".md")]):
        for number in re.findall(r"docs/adr/(\d{4})|\bADR (\d+)", text):
            assert (number[0] or f"{int(number[1]):04}") in known, f"{name} names {number}"


def test_links_between_pages_lead_somewhere():
    for path in named(".md"):
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (path.parent / target).exists(), f"{name_of(path)}: {target}"


def test_files_that_pages_name_are_there():
    for path in (ROOT / "README.md", ROOT / "SECURITY.md", *DOCS.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for named_file in re.findall(
            r"`((?:docs|script|tests|portal|contacts|referrals)/[\w./-]+)`", text
        ):
            found = ROOT / named_file
            numbered = list(found.parent.glob(f"{found.name}*"))
            assert found.exists() or numbered, f"{path.name}: {named_file}"


def test_commands_that_pages_name_exist():
    known = get_commands()
    for name, text in texts(named(".md")):
        for command in re.findall(r"(?:manage\.py|script/manage) ([a-z]\w+)", text):
            assert command in known, f"{name}: {command}"


def test_the_states_on_paper_are_those_of_the_code():
    call_command("states_document", check=True, stdout=StringIO())
    assert states_document.PATH == DOCS / "states.md"


def test_the_house_in_words_has_every_room():
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([\w.]+)` \|", page, re.MULTILINE))
    rooms = {name for name in ROOMS if name != "portal"}
    rooms |= {f"portal.{path.parent.name}" for path in (ROOT / "portal").glob("*/__init__.py")}
    assert rooms <= told


def test_the_import_contract_has_every_room():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    layers = {name for line in contract["layers"] for name in line.split(" | ")}
    for path in (ROOT / "portal").glob("*/__init__.py"):
        assert f"portal.{path.parent.name}" in layers, f"{path.parent.name} is in no layer"


def test_the_readme_names_every_sign_in():
    assert len(README.splitlines()) < 150
    for sign_in in all_sign_ins():
        assert f"`{sign_in.email}`" in README, sign_in.email
    assert f"`{PASSWORD}`" in README
    assert set(re.findall(r"`(\w+@demo\.example)`", README)) == {
        sign_in.email for sign_in in all_sign_ins()
    }


def test_open_data_is_attributed():
    for wanted in ("Open Government Licence v3.0", "CC BY 4.0", "mySociety"):
        assert wanted in README


def test_rooms_say_what_they_are():
    silent = [
        name_of(path)
        for path in code()
        if path.name == "__init__.py"
        and len(path.relative_to(ROOT).parts) <= 3
        and "management" not in path.parts
        and not parsed(path).body
    ]
    assert not silent
