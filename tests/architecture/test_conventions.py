"""The conventions that no linter knows: extension points, model look-ups, signals, docstrings, module names."""

import ast
from pathlib import Path

from ops.catalogue import ROOT

# A new point is a decision with a record in docs/adr/.
EXTENSION_POINTS = {
    "people.departures",
    "kb.publishing",
    "kb.confirmation",
    "notifications.kinds",
    "competence.sources",
}
NAMELESS = {"utils", "helpers", "misc", "tools", "functions"}


def calls(tree: ast.Module, name: str) -> list[ast.Call]:
    """The calls of ``name`` or of an attribute of that name."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and name in (getattr(node.func, "id", None), getattr(node.func, "attr", None))
    ]


def test_the_list_of_extension_points_is_closed(modules):
    declared = {
        call.args[0].value: path
        for path, tree in modules.items()
        for call in calls(tree, "ExtensionPoint")
    }

    assert set(declared) <= EXTENSION_POINTS
    for name, path in declared.items():
        assert path == Path(name.split(".")[0], "extensions.py"), name


def test_models_are_imported_not_looked_up(modules):
    assert [path for path, tree in modules.items() if calls(tree, "get_model")] == []


def test_no_meaning_hangs_on_the_saving_of_a_row(modules):
    # ``pre_delete`` may refuse: it is the one road that every deletion takes.
    signals = {"post_save", "pre_save", "post_delete", "m2m_changed"}
    offenders = [
        path
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "django.db.models.signals"
        and signals & {alias.name for alias in node.names}
    ]

    assert offenders == []


def test_every_module_says_what_lives_in_it(modules):
    silent = [path for path, tree in modules.items() if tree.body and not ast.get_docstring(tree)]

    assert silent == []


def test_every_module_is_named_by_its_subject(modules):
    assert [path for path in modules if path.stem in NAMELESS] == []


def test_imports_are_absolute(modules):
    relative = [
        path
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


def test_every_fragment_of_a_page_lists_what_it_is_given():
    fragments = sorted((ROOT / "templates").rglob("_*.html"))
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in fragments
        if not path.read_text(encoding="utf-8").lstrip().startswith(("{#", "{% comment"))
    ]

    assert silent == []
