"""What every file of the repository keeps to."""

import re

from tests.repo.facts import ROOT, files, name_of, named, texts

LONGEST = 300
LONGER = {
    "portal/settings.py": "one list of settings, read from top to bottom; nothing in it is logic",
}
TOP_LEVEL = {
    *("portal", "referrals", "contacts", "meetings"),
    *("templates", "static", "tests", "script", "docs", ".ci"),
    *("manage.py", "pyproject.toml", "README.md", "SECURITY.md", "Dockerfile"),
    *("docker-compose.yml", "package.json", "package-lock.json"),
}


def test_no_file_is_longer_than_a_reader_can_keep_in_mind():
    long = {
        name: text.count("\n")
        for name, text in texts(named(".py", ".jinja", ".js", ".css", ".sql"))
        if text.count("\n") > LONGEST and "/migrations/" not in name
    }
    assert sorted(long) == sorted(LONGER), f"split by event or resource, or give a reason: {long}"


def test_the_top_level_is_as_agreed():
    found = {name_of(path).split("/")[0] for path in files()}
    strangers = {
        name
        for name in found - TOP_LEVEL
        if not name.startswith(".") and not re.fullmatch(r"requirements(-\w+)?\.lock", name)
    }
    assert not strangers


def test_no_paths_of_anybodys_machine():
    # Written so that this file does not find itself.
    homes = re.compile(r"/(home/\w+|[U]sers|[r]oot|[w]ork)/|\b[C]:\\")
    held = [name for name, text in texts(list(files())) if homes.search(text)]
    assert not held


def test_locks_name_no_index():
    locks = [*named(".lock"), ROOT / "package-lock.json", ROOT / "package.json"]
    assert len(locks) == 5
    for name, text in texts(locks):
        assert "://" not in text, name
        assert '"resolved"' not in text, name
        assert not re.search(r"^\s*--(extra-)?(index|find)", text, re.MULTILINE), name


def test_nothing_that_set_up_makes_is_committed():
    made = re.compile(r"(^|/)(node_modules|\.build|\.venv|\.state|__pycache__)/|^\.env$|\.pyc$")
    assert not [name_of(path) for path in files() if made.search(name_of(path))]


def test_scripts_can_be_run():
    for path in files():
        if path.read_bytes()[:2] == b"#!":
            assert path.stat().st_mode & 0o111, f"{name_of(path)} is not executable"
