"""The import contracts hold, and each of them would notice an offence."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ops.catalogue import ROOT, app_names

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]

# For every contract: in which file one line is enough to break it.
OFFENCES = {
    "line-of-apps": ("people/planted.py", "import kb.planted_target", "kb/planted_target.py"),
    "inside-an-app": ("kb/events.py", "import kb.services", "kb/services.py"),
    "pure-rules": (None, "import django.db", None),
    "engines-in-search": ("kb/planted.py", "import tantivy", None),
    "private-modules": ("courses/planted.py", "import kb.views", "kb/views.py"),
}


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the packages in ``folder``."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )


def pure_modules() -> list[str]:
    """The rule modules that the contract names."""
    return next(c["source_modules"] for c in CONTRACTS if c["id"] == "pure-rules")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of our packages to plant offences in."""
    for package in [*app_names(), "ops"]:
        shutil.copytree(
            ROOT / package,
            tmp_path / package,
            ignore=lambda folder, names: [
                name
                for name in names
                if not name.endswith(".py") and not Path(folder, name).is_dir()
            ],
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_import_contracts_hold():
    outcome = lint(ROOT)

    assert outcome.returncode == 0, outcome.stdout


def test_every_contract_has_an_offence_to_prove_it():
    assert {contract["id"] for contract in CONTRACTS} == set(OFFENCES)


@pytest.mark.parametrize("contract", sorted(OFFENCES))
def test_a_planted_offence_breaks_its_contract(contract: str, copied: Path):
    offender, line, target = OFFENCES[contract]
    if offender is None:
        offender = pure_modules()[0].rstrip("*.").replace(".", "/") + ".py"
        if not (copied / offender).exists():
            offender = offender.removesuffix(".py") + "/__init__.py"
    if target and not (copied / target).exists() and not (copied / target).with_suffix("").is_dir():
        (copied / target).touch()
    with (copied / offender).open("a") as module:
        module.write(f"\n{line}\n")

    outcome = lint(copied, "--contract", contract)

    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert "BROKEN" in outcome.stdout


def test_every_app_stands_in_the_line(line_of_apps):
    packages = {path.parent.name for path in ROOT.glob("*/apps.py")} | {"lms"}

    assert packages == set(line_of_apps)


def test_every_app_has_the_same_order_inside():
    inside = next(c for c in CONTRACTS if c["id"] == "inside-an-app")

    assert set(inside["containers"]) == set(app_names()) - {"lms", "common"}


def test_the_pure_rules_exist_and_need_no_framework_to_import():
    assert pure_modules()
    for name in pure_modules():
        program = f"import sys, {name}; assert 'django' not in sys.modules, 'django came along'"
        outcome = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True
        )
        assert outcome.returncode == 0, f"{name}: {outcome.stderr}"
