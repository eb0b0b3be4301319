"""`make bench`: how many queries and milliseconds the pages of every day take, beside what is promised.

    python -m ops.bench [--rounds N]

Measured in process, template and all, on a demo company of its own with 200 people and 100 competences in the matrix;
written between the marks in docs/performance.md.
"""

import argparse
import os
import statistics
import tempfile
import time
from dataclasses import dataclass

from ops.console import step
from ops.figures import machine, percentile, set_up, table, written

PEOPLE, COMPETENCES = 200, 100


@dataclass(frozen=True)
class Measured:
    """A page as one person gets it: what it took, and what is promised of it (None: nothing)."""

    title: str
    queries: int
    median: float
    p95: float
    kilobytes: float
    promised_queries: int | None
    promised_ms: int | None

    def cells(self) -> list[str]:
        """The row of the table."""
        queries = (
            f"{self.queries} of {self.promised_queries}"
            if self.promised_queries
            else f"{self.queries}"
        )
        return [
            self.title,
            queries,
            f"{self.median:.1f}",
            f"{self.p95:.1f}",
            f"{self.promised_ms}" if self.promised_ms else "",
            f"{self.median / self.promised_ms:.2f}" if self.promised_ms else "",
            f"{self.kilobytes:.0f}",
        ]


HEAD = ["page", "queries", "median, ms", "p95, ms", "promised, ms", "median / promised", "kB"]


def fill() -> None:
    """The demo company, and a matrix of a hundred competences that every operator must have."""
    from django.core.management import call_command
    from django.utils import timezone

    from lms.demo.large import widen_catalogue

    with step("Preparing the database"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
    with step(f"Hiring {PEOPLE} people"), open(os.devnull, "w") as nowhere:
        call_command("seed_demo", people=PEOPLE, stdout=nowhere)
    with step(f"Judging {PEOPLE} x {COMPETENCES} cells"):
        widen_catalogue(competences=COMPETENCES, now=timezone.now())


def pages() -> list[tuple[str, str, str, int | None, int | None]]:
    """What is measured: title, whose login, address, promised queries, promised milliseconds."""
    from django.urls import NoReverseMatch, reverse

    from kb.models import ArticlePage
    from people.models import Employee

    article = ArticlePage.objects.get(source_id="telephony-forwarding").url
    anna = Employee.objects.get(full_name="Анна Кравцова")
    found: list[tuple[str, str, str, int | None, int | None]] = [
        (f"matrix, {PEOPLE} x {COMPETENCES}", "hr", "/matrix/", 12, 300),
        ("matrix of one line", "lead", "/matrix/", 12, 300),
        ("article", "operator", article, 12, 15),
        ("article, a customer", "", article, 12, 15),
        ("home, operator", "operator", "/", None, None),
        ("home, new hire", "newcomer", "/", None, None),
        ("home, mentor", "mentor", "/", None, None),
        ("home, lead", "lead", "/", None, None),
        ("home, editor", "editor", "/", None, None),
        ("home, head of support", "head", "/", None, None),
        ("inbox", "operator", "/inbox/", None, None),
        ("record, own", "operator", f"/record/{anna.pk}/", None, None),
    ]
    for title, who, name in (("plan", "newcomer", "learn"), ("queue", "mentor", "practice")):
        try:
            found.append((title, who, reverse(name), None, None))
        except NoReverseMatch:
            continue
    return found


def measure(title, login, address, promised_queries, promised_ms, *, rounds: int) -> Measured:
    """Ask for one page again and again as the same person; the first two answers only warm up."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from lms.demo.cast import DOMAIN
    from people.models import User

    # Not from this machine: the demo's bar for visitors of its own machine is no part of a house.
    client = Client(HTTP_HOST="localhost", REMOTE_ADDR="10.0.0.7")
    if login:
        client.force_login(User.objects.get(email_key=User.key_of(f"{login}@{DOMAIN}")))
    for _warm in range(2):
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} as {login or 'a customer'}: {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    # Counted now: the next request empties the log.
    queries = len(captured)
    took = []
    for _round in range(rounds):
        started = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    return Measured(
        title=title,
        queries=queries,
        median=statistics.median(took),
        p95=percentile(took, 0.95),
        kilobytes=len(response.content) / 1024,
        promised_queries=promised_queries,
        promised_ms=promised_ms,
    )


def main() -> None:
    """Fill, measure, print, write."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as var:
        set_up(var)
        fill()
        results = []
        for page in pages():
            results.append(measure(*page, rounds=given.rounds))
            print(f"  {results[-1].title}", flush=True)
        rows = table([HEAD, *(one.cells() for one in results)])
        report = (
            f"{rows}\n\n{machine()}; "
            "in process with the test client, middleware and templates included."
        )
    print(f"\n{report}")
    written("make bench", report)
    late = [one for one in results if one.promised_queries and one.queries > one.promised_queries]
    for one in late:
        print(f"  over the promise: {one.title}, {one.queries} queries")


if __name__ == "__main__":
    main()
