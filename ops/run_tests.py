"""`make test`: the whole suite, stage by stage, and at the end what passed and what could not run.

    python -m ops.run_tests [--require] [STAGE …] [-- ARGUMENTS FOR PYTEST]

A stage is the same suite under other circumstances; ``--require`` makes every skipped test a failure, except those that
need the corpus, which is not part of a clone.
"""

import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ops.console import fail
from ops.environment import ROOT, venv_python
from ops.testing import ALLOWED_REASON

# Set by `make services`, given only to the stage that is about the service.
SERVICES = ("DATABASE_URL", "REDIS_URL", "OPENSEARCH_URL", "CHROMIUM")


@dataclass(frozen=True)
class Stage:
    """Which tests run against which services."""

    title: str
    markers: str
    services: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    may_be_empty: bool = True


STAGES = {
    "sqlite": Stage(
        "everything on SQLite",
        "not browser and not postgres and not redis and not cluster",
        arguments=("-n", "2"),
        may_be_empty=False,
    ),
    "postgres": Stage(
        "the same on PostgreSQL",
        "not browser and not redis and not cluster",
        services=("DATABASE_URL",),
        # These look at source files and at pages, which no database changes.
        arguments=(
            "-n",
            "2",
            "--ignore=tests/architecture",
            "--ignore=tests/ops",
            "--ignore=tests/access",
            "--ignore=tests/common/test_templates.py",
        ),
        may_be_empty=False,
    ),
    "redis": Stage(
        "processes of the scale profile", "redis", services=("DATABASE_URL", "REDIS_URL")
    ),
    "cluster": Stage("search on a cluster", "cluster", services=("OPENSEARCH_URL",)),
    "browser": Stage("journeys in Chromium", "browser", services=("CHROMIUM",)),
}


@dataclass
class Result:
    """What a stage came to."""

    title: str
    status: int
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)
    not_run: dict[str, str] = field(default_factory=dict)


def services_report() -> Path:
    """Where `make services` left the environment."""
    return Path(os.environ.get("OPORA_VAR") or ROOT / "var") / "services.env"


def read_services(report: Path) -> tuple[dict[str, str], list[str]]:
    """The environment that `make services` wrote, and what it could not start."""
    values, missing = {}, []
    for line in report.read_text().splitlines() if report.exists() else []:
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            values[name] = shlex.split(value)[0] if value else ""
        elif line.startswith("# not run: "):
            missing.append(line.removeprefix("# not run: "))
    return values, missing


def environment_of(stage: Stage, services: dict[str, str], *, require: bool) -> dict[str, str]:
    """The environment of a stage: of the services only its own, of the site's settings only the defaults."""
    known = {**services, **{name: os.environ[name] for name in SERVICES if os.environ.get(name)}}
    kept = {
        name: value for name, value in os.environ.items() if name not in (*SERVICES, "OPORA_VAR")
    }
    kept |= {name: known[name] for name in stage.services if name in known}
    return {**kept, "OPORA_REQUIRE": "1" if require else "0", "PYTHONUNBUFFERED": "1"}


def run(stage: Stage, environment: dict[str, str], arguments: list[str]) -> Result:
    """Run one stage with pytest's own output passing through."""
    started = time.monotonic()
    print(f"\n=== {stage.title} ===", flush=True)
    with tempfile.TemporaryDirectory(prefix="opora-test-") as var:
        report = Path(var, "report.json")
        command = [str(venv_python()), "-m", "pytest", "-q", "-m", stage.markers]
        status = subprocess.run(
            [*command, *stage.arguments, *arguments],
            cwd=ROOT,
            env={**environment, "OPORA_VAR": var, "OPORA_TEST_REPORT": str(report)},
        ).returncode
        told = json.loads(report.read_text()) if report.exists() else {}
    if status == 5 and stage.may_be_empty:
        status = 0
    took = time.monotonic() - started
    return Result(
        stage.title, status, took, told.get("counts", {"failed": 1}), told.get("not_run", {})
    )


def summary(results: list[Result], missing: list[str], *, require: bool) -> Iterator[str]:
    """The closing lines: every stage, then what could not run by name, then the total."""
    for result in results:
        counts = ", ".join(
            f"{result.counts.get(key, 0)} {key}" for key in ("passed", "failed", "skipped")
        )
        yield f"{'ok    ' if result.status == 0 else 'FAILED'}  {result.title}: {counts}, {result.seconds:.0f} s"
    not_run = [
        f"{name} ({result.title}): {reason}"
        for result in results
        for name, reason in sorted(result.not_run.items())
    ]
    if missing or not_run:
        yield "Not run:"
        yield from (f"  {line}" for line in [*missing, *not_run])
    if require and any(not ALLOWED_REASON.search(line) for line in not_run):
        yield "Every test had to run, and some of the above did not."
    totals = [
        sum(result.counts.get(key, 0) for result in results)
        for key in ("passed", "failed", "skipped")
    ]
    yield "Total: {} passed, {} failed, {} skipped".format(*totals)


def main(words: list[str]) -> None:
    """Run the named stages, or all."""
    arguments = words[words.index("--") + 1 :] if "--" in words else []
    words = words[: words.index("--")] if "--" in words else words
    require = "--require" in words
    names = [word for word in words if word != "--require"] or list(STAGES)
    if unknown := set(names) - set(STAGES):
        fail(f"no stage is called {', '.join(sorted(unknown))}; there are {', '.join(STAGES)}")
    services, missing = read_services(services_report())
    results = [
        run(STAGES[name], environment_of(STAGES[name], services, require=require), arguments)
        for name in names
    ]
    print()
    print("\n".join(summary(results, missing, require=require)))
    sys.exit(max(result.status for result in results))


if __name__ == "__main__":
    main(sys.argv[1:])
