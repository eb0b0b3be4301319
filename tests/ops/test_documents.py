"""The documents and the Makefile say what is true."""

import re
import subprocess

from ops.environment import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_table_of_variables_names_exactly_what_the_settings_read(variables_of_the_settings):
    table = OPERATIONS.split("## Environment")[1].split("\n## ")[0]
    rows = set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE))

    assert rows == variables_of_the_settings


def test_make_alone_lists_every_command():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True).stdout

    for target in re.findall(r"^\.PHONY: ([\w-]+)$", MAKEFILE, re.MULTILINE):
        assert f"make {target} " in listed, target


def test_the_make_commands_that_documents_name_exist():
    targets = set(re.findall(r"^([\w-]+):", MAKEFILE, re.MULTILINE))
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        commands = re.findall(r"^\s{4}make ([a-z-]+)|`make ([a-z-]+)", text, re.MULTILINE)
        for command in (one or other for one, other in commands):
            assert command in targets, f"{path.name}: make {command}"


def test_the_run_that_guards_the_main_branch_leaves_nothing_out():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert "set -euo pipefail" in lines
    assert [line for line in lines if line.startswith("make ")] == [
        "make services",
        "make check",
        "make test REQUIRE=1",
    ]
