"""What the benches share: a Django of their own, tables, and the marks between which docs/performance.md is written."""

import os
import platform

from ops.environment import ROOT

TARGET = ROOT / "docs" / "performance.md"


def set_up(var: str) -> None:
    """Django with its state in ``var``; on PostgreSQL only if DATABASE_URL says so."""
    os.environ["OPORA_VAR"] = var
    os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings"
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    import django

    django.setup()


def table(rows: list[list[str]]) -> str:
    """A table of Markdown that reads well on a terminal too."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def percentile(sorted_values: list[float], share: float) -> float:
    """The value that this share of the sorted ones does not exceed."""
    return sorted_values[min(len(sorted_values) - 1, round(share * len(sorted_values)))]


def machine(processes: str = "one process") -> str:
    """What it was measured on, without a name."""
    from django.db import connection

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"Python {platform.python_version()}, {connection.vendor}, {cores} cores, {processes}"


def written(command: str, text: str) -> None:
    """Put ``text`` between the marks of ``command`` in docs/performance.md."""
    begin, end = f"<!-- {command} -->", f"<!-- /{command} -->"
    before, found, rest = TARGET.read_text().partition(begin)
    _old, closed, after = rest.partition(end)
    if not found or not closed:
        raise SystemExit(f"{TARGET.name} has no place for {command}")
    TARGET.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")
