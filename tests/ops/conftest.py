"""What the settings read from the environment, found in their source."""

import ast
import socket

import pytest

from ops.catalogue import app_names
from ops.environment import ROOT

READERS = (
    "env_text",
    "env_bool",
    "env_int",
    "env_choice",
    "env_list",
    "env_url",
    "env_zone",
    "env_directory",
)


def names_read(tree: ast.Module) -> set[str]:
    """The names that a settings module asks its typed readers for."""
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", None) in (*READERS, "secret_key")
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.fixture(scope="session")
def variables_of_the_settings() -> set[str]:
    """Every environment variable that some settings module reads."""
    found: set[str] = set()
    for path in (ROOT / "lms" / "settings").glob("*.py"):
        found |= names_read(ast.parse(path.read_text(encoding="utf-8")))
    assert {"SECRET_KEY", "DATABASE_URL", "OPORA_VAR"} <= found
    return found


@pytest.fixture(scope="session")
def line_of_packages() -> list[str]:
    """The packages of the product."""
    return app_names()


@pytest.fixture
def unused_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
