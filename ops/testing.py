"""The test suite and its surroundings: which services there are, what could not run, and when that is a failure."""

import json
import os
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# The one reason to skip that is always good: the shared folder with the real corpus is not part of a clone.
WITHOUT_DATA = "needs the corpus of ../shared/data (OPORA_DATA)"
ALLOWED_REASON = re.compile(re.escape("../shared"))


def chromium() -> str | None:
    """The browser of the journeys: CHROMIUM, else the first one on the PATH."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def missing_services() -> dict[str, str]:
    """For every marker whose service is not there: what to do about it."""
    missing = {}
    if not chromium():
        missing["browser"] = "needs Chromium: make services, or CHROMIUM=path"
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        missing["postgres"] = "needs PostgreSQL: make services, or DATABASE_URL=postgres://…"
    if not os.environ.get("REDIS_URL"):
        missing["redis"] = "needs Redis: make services, or REDIS_URL=redis://…"
    if not os.environ.get("OPENSEARCH_URL"):
        missing["cluster"] = "needs a search server: make services, or OPENSEARCH_URL=http://…"
    return missing


def data_folder() -> Path | None:
    """The folder with the real corpus: OPORA_DATA, else beside the checkout, else None."""
    folder = Path(os.environ.get("OPORA_DATA") or ROOT.parent / "shared" / "data")
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def opora_data() -> Path:
    """The folder with the real corpus; without it the test is named as not run."""
    folder = data_folder()
    if folder is None:
        pytest.skip(WITHOUT_DATA)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test whose service is missing is skipped with a reason that says how to get it."""
    missing = missing_services()
    for item in items:
        for marker, reason in missing.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


class Outcomes:
    """Counts what happened, names what could not run, and fails a run that must not leave anything out."""

    def __init__(self, *, require_all: bool, written_to: Path | None) -> None:
        self.require_all = require_all
        self.written_to = written_to
        self.counts: Counter[str] = Counter(passed=0, failed=0, skipped=0)
        self.not_run: dict[str, str] = {}

    @property
    def unexcused(self) -> dict[str, str]:
        """What was skipped without a reason that is always good."""
        return {name: why for name, why in self.not_run.items() if not ALLOWED_REASON.search(why)}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once: by its call, or by the set-up or tear-down that kept it from passing."""
        if report.skipped:
            if hasattr(report, "wasxfail"):
                self.counts["passed"] += 1
                return
            self.counts["skipped"] += 1
            self.not_run[report.nodeid] = self._reason(report.longrepr)
        elif report.failed:
            self.counts["failed"] += 1
        elif report.when == "call":
            self.counts["passed"] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A whole module can be skipped or broken too."""
        if report.skipped:
            self.counts["skipped"] += 1
            self.not_run[report.nodeid] = self._reason(report.longrepr)
        elif report.failed:
            self.counts["failed"] += 1

    @staticmethod
    def _reason(longrepr: object) -> str:
        text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
        return text.removeprefix("Skipped: ").strip() or "no reason given"

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn the run red if something was left out that had to run."""
        if self.require_all and self.unexcused and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if self.written_to:
            self.written_to.write_text(json.dumps({"counts": self.counts, "not_run": self.not_run}))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name what could not run."""
        if not self.not_run:
            return
        terminalreporter.section("not run")
        for name, why in sorted(self.not_run.items()):
            forbidden = self.require_all and name in self.unexcused
            terminalreporter.line(f"{name}: {why}" + (" [must run]" if forbidden else ""))


def pytest_configure(config: pytest.Config) -> None:
    """Only the process that reports counts; workers of xdist do not."""
    if hasattr(config, "workerinput"):
        return
    written_to = os.environ.get("OPORA_TEST_REPORT")
    outcomes = Outcomes(
        require_all=os.environ.get("OPORA_REQUIRE", "") not in ("", "0"),
        written_to=Path(written_to) if written_to else None,
    )
    config.pluginmanager.register(outcomes, "opora-outcomes")
