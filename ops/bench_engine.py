"""`make bench-engine`: how quickly the engine answers among many articles, and what a process then holds, in minutes.

    python -m ops.bench_engine --queries FILE [--articles N]

The articles of this site (OPORA_VAR) are put into an index of their own as often as needed, under other numbers and
titles: nothing is imported and nothing of the site is changed. Understanding, engine and rerank are those of readers.
Processor time stands beside the clock, since a clock says little on a machine that has other work. Written into
docs/performance.md.
"""

import argparse
import functools
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

from ops.console import step
from ops.figures import machine, percentile, set_up, table, written

WARM_UP = 700


def arguments() -> argparse.Namespace:
    """What the Makefile passes on."""
    parser = argparse.ArgumentParser(prog="make bench-engine")
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=100_000)
    return parser.parse_args()


def build(root: Path, articles: int) -> None:
    """The site's own documents, over and over, in an index at ``root``."""
    from django.utils import timezone

    from search import analysis, documents
    from search.engines.base import Document, Position
    from search.engines.embedded import EmbeddedEngine

    own = list(documents.documents_in_force(timezone.now()))
    if not own:
        raise SystemExit("This site has no articles: import some first (manage.py import_articles)")
    top = max(document.article for document in own) + 1

    def copies(after: int) -> Iterator[Document]:
        for number in range(articles):
            copy, place = divmod(number, len(own))
            document = own[place]
            if copy:
                title = f"{document.title} {copy}"
                document = replace(document, article=document.article + copy * top, title=title)
            yield document

    # The same texts come again and again: each is analysed once.
    for name in ("terms", "words"):
        setattr(analysis, name, functools.cache(getattr(analysis, name)))
    EmbeddedEngine(root).rebuild(copies, position=Position("bench", 0))


def ask(root: Path, queries: Path) -> tuple[list[float], list[float], list[int]]:
    """Milliseconds on the clock and of the processor, sorted; kilobytes before, and after everything was asked."""
    from django.test import Client
    from django.utils import timezone

    from people.viewer import EVERYTHING
    from search import services
    from search.engines.base import Filters, Scope, Searchable
    from search.engines.embedded import EmbeddedEngine
    from search.evaluation import read_questions

    Client(HTTP_HOST="localhost").get("/admin/", follow=True)
    with queries.open(encoding="utf-8") as file:
        questions = list(read_questions(file))
    held = [_held()]
    engine = cast("Searchable", EmbeddedEngine(root))
    sight, at = services.sight_of(EVERYTHING), timezone.now()
    clock, processor = [], []
    for number, question in enumerate([*questions[:WARM_UP], *questions]):
        scope = Scope(sight, at, Filters(language=question.language))
        began, used = time.perf_counter(), time.thread_time()
        services.ranked(scope, question.text, by=engine)
        if number >= WARM_UP:
            processor.append((time.thread_time() - used) * 1000)
            clock.append((time.perf_counter() - began) * 1000)
    return sorted(clock), sorted(processor), [*held, _held()]


def _held() -> int:
    return int(Path("/proc/self/status").read_text().partition("RssAnon:")[2].split()[0])


def in_a_process_of_its_own(work: Callable[..., Any], *given: Any) -> Any:
    """What ``work`` gives, in a process that holds nothing of what was done before."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_set_up_and, (os.environ["OPORA_VAR"], work, *given))


def _set_up_and(var: str, work: Callable[..., Any], *given: Any) -> Any:
    set_up(var)
    return work(*given)


def main() -> None:
    """Build, ask, print, write."""
    given = arguments()
    os.environ.setdefault("OPORA_VAR", "var")
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as root:
        with step("Building the index"):
            in_a_process_of_its_own(build, Path(root), given.articles)
        with step("Asking"):
            clock, processor, held = in_a_process_of_its_own(ask, Path(root), given.queries)
        size = sum(file.stat().st_size for file in Path(root).rglob("*") if file.is_file())
    set_up(os.environ["OPORA_VAR"])
    rows = [["understanding, engine and rerank, ms", "p50", "p95", "p99"]]
    for name, took in (("on the clock", clock), ("of the processor", processor)):
        rows.append([name, *(f"{percentile(took, share):.1f}" for share in (0.5, 0.95, 0.99))])
    grown = (held[1] - held[0]) / 1024
    report = (
        f"{given.articles} articles. {machine()}.\n\n{table(rows)}\n\nMemory of the process above Django's own: "
        f"{grown:.0f} MB. The index: {size / 2**20:.0f} MB on disk, mapped and shared by all processes."
    )
    print(f"\n{report}")
    written("make bench-engine", report)


if __name__ == "__main__":
    main()
