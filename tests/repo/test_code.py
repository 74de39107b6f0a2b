"""What the code keeps to beyond what linters see."""

import ast
from collections.abc import Iterator

import pytest

from tests.repo.facts import ROOMS, code, name_of, parsed

# Django calls these by name; what they do is Django's to say.
_DJANGO = {"ready", "clean", "__call__"}
_WRITES = {"save", "delete", "save_base"}
# Open data, taken in as it is published: nobody's decision. Who has a link is not signed in.
_NOBODYS = {"load_reference_data", "record_postcodes", "answer_by_link", "_succeed", "remind"}
_FACES = ("views.py", "api.py", "forms.py", "urls.py", "api_urls.py", "serializers.py")


def _is_face(name: str) -> bool:
    return name.endswith(_FACES) or "/views/" in name or "/forms/" in name


@pytest.mark.parametrize("room", ROOMS)
def test_the_faces_hold_no_query(room: str):
    asked = [
        f"{name_of(path)}:{node.lineno}"
        for path in code()
        if name_of(path).startswith(f"{room}/") and _is_face(name_of(path))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert not asked, "fetch through access.py or queries.py"


def _public(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Functions, classes and methods that others may use."""
    for node in tree.body:
        yield from _named(node, "")


def _named(node: ast.AST, inside: str) -> Iterator[tuple[str, ast.AST]]:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    if node.name.startswith("_") or node.name in {"Meta", "Media"}:
        return
    yield inside + node.name, node
    if isinstance(node, ast.ClassDef):
        for member in node.body:
            yield from _named(member, f"{node.name}.")


def _inherits(node: ast.ClassDef, *names: str) -> bool:
    bases = {ast.unparse(base).rsplit(".", 1)[-1] for base in node.bases}
    return bool(bases & set(names))


def _speaks_for_itself(label: str, node: ast.AST) -> bool:
    """App configurations, Meta-like classes, choices, and hooks that Django calls."""
    if isinstance(node, ast.ClassDef):
        choices = _inherits(node, "TextChoices", "IntegerChoices")
        return choices or _inherits(node, "AppConfig", "BaseCommand")
    return label.rsplit(".", 1)[-1] in _DJANGO


def test_what_others_use_says_what_it_does():
    silent = [
        f"{name_of(path)}: {label}"
        for path in code()
        for label, node in _public(parsed(path))
        if not _speaks_for_itself(label, node) and not ast.get_docstring(node)
    ]
    assert not silent


def test_modules_say_what_they_are_for():
    plain = {"__init__.py", "apps.py", "urls.py", "api_urls.py"}
    silent = [
        name_of(path)
        for path in code()
        if path.name not in plain and not ast.get_docstring(parsed(path))
    ]
    assert not silent


def test_side_effects_are_neither_in_save_nor_in_signals():
    found = []
    for path in code():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals":
                found.append(f"{name_of(path)} imports signals")
            if isinstance(node, ast.ClassDef):
                own = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
                found += [f"{name_of(path)}: {node.name}.{name}" for name in own & _WRITES]
    assert not found


def test_states_are_plain_data():
    for path in code():
        if path.name == "states.py":
            for node in ast.walk(parsed(path)):
                module = node.module if isinstance(node, ast.ImportFrom) else ""
                assert not (module or "").startswith("django"), name_of(path)


def _is_event(node: ast.stmt) -> bool:
    """A public function that writes: in a transaction of its own, or in the name of somebody."""
    if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
        return False
    marks = {ast.unparse(mark) for mark in node.decorator_list}
    named = [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
    return bool(marks & {"transaction.atomic", "retry_deadlocks"}) or "by" in named


def test_business_events_are_called_by_name_and_say_who_acts():
    """Keyword-only, with `by=`: whoever reads a call sees who did what to which."""
    wrong = []
    for path in code():
        name = name_of(path)
        if name.split("/")[0] == "portal" or "/actions" not in name:
            continue
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and _is_event(node):
                by_name = {argument.arg for argument in node.args.kwonlyargs}
                if node.args.args or ("by" not in by_name and node.name not in _NOBODYS):
                    wrong.append(f"{name}: {node.name}")
    assert not wrong
