"""A management command that cannot reach its tables says so in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ops.environment import ROOT


def manage(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``manage.py`` with a database of its own in ``var``."""
    dropped = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "OPORA_VAR": str(var)},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("command", ["seed_demo", "rebuild_search"])
def test_a_database_without_tables_is_named_with_the_next_step(tmp_path, command):
    outcome = manage(tmp_path, command)

    assert outcome.returncode != 0
    assert len(outcome.stderr.strip().splitlines()) == 1, outcome.stderr
    assert "manage.py migrate" in outcome.stderr
