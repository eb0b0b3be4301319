"""What the tests of the architecture look at: the line of apps and the source files in it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.catalogue import ROOT, app_names


@pytest.fixture(scope="session")
def line_of_apps() -> list[str]:
    """The apps, top first, as the import contract names them: written down once."""
    return app_names()


@pytest.fixture(scope="session")
def modules(line_of_apps: list[str]) -> dict[Path, ast.Module]:
    """Every module of ours, migrations left out, by its path in the repository."""
    return {
        path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8"))
        for path in source_files(line_of_apps)
    }


def source_files(apps: list[str]) -> Iterator[Path]:
    """The Python files of the apps."""
    for app in apps:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
