"""Fixtures of the fault tests: a process that is killed in the middle of an act, and what is there beforehand."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def killed(transactional_db):
    """``killed("after_commit", "submit", attempt=7, now=…)``: another process does it and dies there by SIGKILL."""

    def _killed(point: str, act: str, **values) -> None:
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "lms.settings_for_tests"}
        environment.pop("PYTEST_XDIST_WORKER", None)
        connection.close()
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.faults.child"),
                *(str(connection.settings_dict["NAME"]), point, act, json.dumps(values)),
            ],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]

    return _killed
