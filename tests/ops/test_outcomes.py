"""The closing lines of a test run: counted, named, and red where everything had to run."""

import json
import os
import subprocess
import sys

import pytest

from ops.environment import ROOT
from ops.run_tests import STAGES, Result, environment_of, read_services, summary
from ops.testing import WITHOUT_DATA

SUITE = f"""
import pytest

def test_one(): pass

@pytest.mark.skipif(True, reason={WITHOUT_DATA!r})
def test_excused(): pass
"""
LEFT_OUT = """
@pytest.mark.skipif(True, reason="needs a crystal ball")
def test_left_out(): pass
"""


def run_suite(folder, source: str, *, require: bool):
    """Run ``source`` as a suite of its own with our plugin."""
    (folder / "test_suite.py").write_text(source)
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:django",
            "-p",
            "ops.testing",
            "-q",
            "test_suite.py",
        ],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OPORA_REQUIRE": "1" if require else "0",
            "OPORA_TEST_REPORT": str(folder / "report.json"),
        },
        capture_output=True,
        text=True,
    )


def test_what_could_not_run_is_named_and_counted(tmp_path):
    outcome = run_suite(tmp_path, SUITE + LEFT_OUT, require=False)

    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "test_suite.py::test_left_out: needs a crystal ball" in outcome.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["counts"] == {"passed": 1, "failed": 0, "skipped": 2}


def test_a_skipped_test_is_a_failure_where_all_must_run(tmp_path):
    outcome = run_suite(tmp_path, SUITE + LEFT_OUT, require=True)

    assert outcome.returncode == 1
    assert "test_suite.py::test_left_out: needs a crystal ball [must run]" in outcome.stdout


def test_a_test_without_its_corpus_is_excused_even_there(tmp_path):
    assert run_suite(tmp_path, SUITE, require=True).returncode == 0


def test_a_stage_gets_the_services_it_is_about_and_no_others(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "OPENSEARCH_URL", "CHROMIUM"):
        monkeypatch.delenv(name, raising=False)
    started = {"DATABASE_URL": "postgres://here/opora", "REDIS_URL": "redis://here"}

    assert "DATABASE_URL" not in environment_of(STAGES["sqlite"], started, require=False)
    on_postgres = environment_of(STAGES["postgres"], started, require=True)
    assert on_postgres["DATABASE_URL"] == "postgres://here/opora"
    assert on_postgres["OPORA_REQUIRE"] == "1"
    assert "REDIS_URL" not in on_postgres


def test_the_report_of_make_services_is_read(tmp_path):
    report = tmp_path / "services.env"
    report.write_text(
        "# Written\nexport REDIS_URL=redis://h:1/0\n# not run: Chromium: not installed\n"
    )

    assert read_services(report) == ({"REDIS_URL": "redis://h:1/0"}, ["Chromium: not installed"])
    assert read_services(tmp_path / "none") == ({}, [])


@pytest.mark.parametrize("require", [True, False])
def test_the_last_line_is_the_total(require):
    results = [
        Result("a", 0, 1.0, {"passed": 3, "failed": 0, "skipped": 1}, {"t::x": "no crystal ball"}),
        Result("b", 1, 1.0, {"passed": 2, "failed": 1, "skipped": 0}),
    ]

    lines = list(summary(results, ["Chromium: not installed"], require=require))

    assert lines[-1] == "Total: 5 passed, 1 failed, 1 skipped"
    assert "  Chromium: not installed" in lines
    assert "  t::x (a): no crystal ball" in lines
    assert ("Every test had to run, and some of the above did not." in lines) is require
