"""`make check`: every static check, two at a time, each with its own verdict; what fails is printed in full."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from ops.console import fail
from ops.environment import ROOT, venv_python

PYTHON = str(venv_python())
BIN = venv_python().parent

CHECKS: dict[str, list[str]] = {
    "lint (ruff)": [str(BIN / "ruff"), "check", "."],
    "format (ruff)": [str(BIN / "ruff"), "format", "--check", "."],
    "types (ty)": [str(BIN / "ty"), "check"],
    "import contracts": [str(BIN / "lint-imports"), "--no-cache"],
    "migrations complete": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "site, embedded": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "site, scale": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "template lint (djlint)": [str(BIN / "djlint"), "--lint", "--quiet", "templates"],
    "template texts and policy": [PYTHON, "-m", "ops.templates"],
    "catalogues complete": [PYTHON, "-m", "ops.catalogue", "check"],
    "repository clean": [PYTHON, "-m", "ops.repository"],
}
SCALE = {
    "OPORA_PROFILE": "scale",
    "SECRET_KEY": "only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "opora.example.com",
    "OPORA_BASE_URL": "https://opora.example.com",
    "DATABASE_URL": "postgres://opora:opora@127.0.0.1:1/opora",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def environment_of(name: str, var: str) -> dict[str, str]:
    """The environment of a check: the defaults of its profile, whatever the shell has set."""
    kept = {k: v for k, v in os.environ.items() if k not in SCALE and k != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "OPORA_VAR": var, **(SCALE if name == "site, scale" else {})}


def run(name: str, var: str) -> tuple[str, float, subprocess.CompletedProcess[str]]:
    """Run one check; give back its name, how long it took and what it said."""
    started = time.monotonic()
    outcome = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env=environment_of(name, var),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return name, time.monotonic() - started, outcome


def main(wanted: list[str]) -> None:
    """Run the checks whose names contain one of the given words; all of them without any."""
    names = [name for name in CHECKS if not wanted or any(word in name for word in wanted)]
    failed = []
    with tempfile.TemporaryDirectory() as var, ThreadPoolExecutor(max_workers=2) as pool:
        subprocess.run([PYTHON, "-m", "ops.catalogue", "compile"], cwd=ROOT, check=True)
        for name, took, outcome in pool.map(lambda name: run(name, var), names):
            verdict = "ok" if outcome.returncode == 0 else "FAILED"
            print(f"  {verdict:6}  {name} ({took:.1f} s)", flush=True)
            if outcome.returncode:
                failed.append(name)
                print(outcome.stdout.strip(), flush=True)
    if failed:
        fail(f"{len(failed)} of {len(names)} checks failed: {', '.join(failed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
