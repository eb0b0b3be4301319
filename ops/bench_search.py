"""`make bench-search`: what Opora's search finds, and how quickly, beside the stock search of Wagtail.

    python -m ops.bench_search --corpus FILE --queries FILE [--articles N] [--seconds S] [--postgres]

Both search the same articles in the same database, in one process and one run, on a site of its own that is removed
afterwards. Wagtail's search is given the body too, which a site must ask for. Written into docs/performance.md.
"""

import argparse
import contextlib
import gzip
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ops.console import step
from ops.environment import ROOT
from ops.figures import machine, percentile, set_up, table, written

DEPTH = 10
WARM_UP = 60
REQUESTS = 300
COPY = "~"
"""Between the id of an article and the number of its copy, where there are to be more articles than the corpus has."""

MEMORY = """
import sys
from ops.figures import set_up
set_up(sys.argv[1])
from ops.bench_search import memory_after
print(memory_after(sys.argv[2]))
"""


@dataclass
class Side:
    """What one search found and took, by class of queries."""

    ranks: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    took: list[float] = field(default_factory=list)
    failed: int = 0
    """Questions that ended in an error of the database: they count as not found."""

    def mrr(self, kind: str) -> float:
        """The mean reciprocal rank of one class."""
        return statistics.fmean(self.ranks[kind])

    def mean(self) -> float:
        """Over the classes of one language."""
        return statistics.fmean(self.mrr(kind) for kind in self.ranks if "xlang" not in kind)


def arguments() -> argparse.Namespace:
    """What the Makefile passes on."""
    parser = argparse.ArgumentParser(prog="make bench-search")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=0, help="more than the corpus has: copies")
    parser.add_argument("--seconds", type=int, default=240, help="the most that Wagtail is given")
    parser.add_argument("--postgres", action="store_true", help="in a database of its own there")
    return parser.parse_args()


@contextlib.contextmanager
def database(postgres: bool) -> Generator[None]:
    """Its own database: a file beside the index, or one on the server of this machine, dropped at the end."""
    url = os.environ.pop("DATABASE_URL", "")
    if not postgres:
        yield
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    if urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
        raise SystemExit("--postgres needs DATABASE_URL on this machine (make services prints it)")
    name = f"opora_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        os.environ["DATABASE_URL"] = urlsplit(url)._replace(path=f"/{name}").geturl()
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def corpus_of(path: Path, articles: int, into: Path) -> Path:
    """The corpus itself, or so many articles of it: copies have a number in id and title."""
    if not articles:
        return path
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    target = into / "articles.jsonl"
    with target.open("w", encoding="utf-8") as file:
        for number in range(articles):
            copy, row = divmod(number, len(rows))
            fresh = dict(rows[row])
            if copy:
                fresh |= {"id": f"{fresh['id']}{COPY}{copy}", "title": f"{fresh['title']} {copy}"}
                fresh["pair"] = None
            file.write(json.dumps(fresh, ensure_ascii=False) + "\n")
    return target


def fill(corpus: Path) -> int:
    """Import the articles and index them for both; how many there are."""
    from django.core.management import call_command
    from modelsearch import index

    from kb.models import ArticlePage

    with step("Preparing the database"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
    with open(os.devnull, "w") as nowhere:
        with step("Importing the articles"):
            call_command("import_articles", corpus, stdout=nowhere, stderr=nowhere)
        with step("Indexing them for Opora"):
            call_command("rebuild_search", stdout=nowhere, stderr=nowhere)
        ArticlePage.search_fields = [*ArticlePage.search_fields, index.SearchField("body")]
        with step("Indexing them for Wagtail"):
            call_command("update_index", stdout=nowhere, verbosity=0)
    return ArticlePage.objects.live().count()


def by_opora(text: str, language: str) -> list[str]:
    """The answers of Opora, as a page of results gets them: seen, narrowed, with their marked lines."""
    from django.utils import timezone

    from people.viewer import EVERYTHING
    from search import services
    from search.engines.base import Filters

    found = services.find(
        viewer=EVERYTHING,
        query=text,
        at=timezone.now(),
        filters=Filters(language=language),
        limit=DEPTH,
    )
    return [result.article.source_id for result in found.results]


def by_wagtail(text: str, language: str) -> list[str]:
    """The answers of the search that comes with Wagtail."""
    from kb.models import ArticlePage

    pages = ArticlePage.objects.live()
    if language:
        pages = pages.filter(language=language)
    return [page.source_id for page in pages.search(text)[:DEPTH]]


def ask(question, find: Callable[[str, str], list[str]], side: Side) -> None:
    """Put one question to one search."""
    from django.db import DatabaseError

    started = time.perf_counter()
    try:
        answers = find(question.text, question.language)
    except DatabaseError:
        answers = []
        side.failed += 1
    side.took.append((time.perf_counter() - started) * 1000)
    right = [
        place
        for place, answer in enumerate(answers, 1)
        if str(answer).partition(COPY)[0] in question.relevant
    ]
    side.ranks[question.kind].append(1 / right[0] if right else 0.0)


def compare(questions: list, seconds: int) -> tuple[Side, Side]:
    """The same questions to both, one of each class after the other, until Wagtail has used its time up."""
    opora, wagtail = Side(), Side()
    for question in questions[:WARM_UP]:
        by_opora(question.text, question.language)
    by_wagtail(questions[0].text, "")
    by_class = defaultdict(list)
    for question in questions:
        by_class[question.kind].append(question)
    for row in itertools.zip_longest(*by_class.values()):
        for question in filter(None, row):
            ask(question, by_opora, opora)
            ask(question, by_wagtail, wagtail)
        if sum(wagtail.took) > seconds * 1000:
            break
    return opora, wagtail


def engine_times(questions: list) -> list[float]:
    """Milliseconds of understanding, engine and rerank, sorted."""
    from django.utils import timezone

    from people.viewer import EVERYTHING
    from search import services
    from search.engines.base import Filters, Scope

    sight, at = services.sight_of(EVERYTHING), timezone.now()
    took = []
    for number, question in enumerate([*questions[:WARM_UP], *questions]):
        started = time.perf_counter()
        services.ranked(Scope(sight, at, Filters(language=question.language)), question.text)
        if number >= WARM_UP:
            took.append((time.perf_counter() - started) * 1000)
    return sorted(took)


def request_times(questions: list, headers: dict[str, str]) -> list[float]:
    """Milliseconds of whole requests for ``/search/``, sorted: middleware, template and all."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost", REMOTE_ADDR="10.0.0.7", headers=headers)
    client.force_login(_reader())
    took = []
    for number, question in enumerate(questions[: REQUESTS + WARM_UP]):
        started = time.perf_counter()
        response = client.get("/search/", {"q": question.text})
        if number >= WARM_UP:
            took.append((time.perf_counter() - started) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"/search/?q={question.text}: {response.status_code}")
    return sorted(took)


def _reader():
    from people.models import User

    user = User.objects.filter(email_key="bench@example.org").first()
    return user or User.objects.create_superuser("bench@example.org")


def memory_after(queries: str) -> int:
    """Kilobytes of memory of its own that this process holds; with ``queries``, after having answered them."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost", REMOTE_ADDR="10.0.0.7")
    client.force_login(_reader())
    client.get("/admin/", follow=True)
    if queries:
        from search.evaluation import read_questions

        with open(queries, encoding="utf-8") as file:
            asked = list(read_questions(file))
        step_by = max(1, len(asked) // 600)
        for question in asked[::step_by]:
            client.get("/search/", {"q": question.text})
    status = Path("/proc/self/status").read_text()
    return int(status.partition("RssAnon:")[2].split()[0])


def memory(var: str, queries: Path) -> tuple[float, float]:
    """Megabytes of a web process before its first search and after six hundred."""
    kilobytes = [
        int(
            subprocess.run(
                [sys.executable, "-c", MEMORY, var, asked],
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
            ).stdout.split()[-1]
        )
        for asked in ("", str(queries.resolve()))
    ]
    return kilobytes[0] / 1024, kilobytes[1] / 1024


def quality_table(opora: Side, wagtail: Side) -> str:
    """Both by class, with how many times as good the one is as the other."""
    rows = [["class", "queries", "Opora, MRR@10", "Wagtail, MRR@10", "Opora / Wagtail"]]
    for kind in opora.ranks:
        ours, theirs = opora.mrr(kind), wagtail.mrr(kind)
        rows.append(
            [
                kind,
                str(len(opora.ranks[kind])),
                f"{ours:.3f}",
                f"{theirs:.3f}",
                _ratio(ours, theirs),
            ]
        )
    ours, theirs = opora.mean(), wagtail.mean()
    number = sum(len(ranks) for kind, ranks in opora.ranks.items() if "xlang" not in kind)
    rows.append(
        [
            "mean of one-language classes",
            str(number),
            f"{ours:.3f}",
            f"{theirs:.3f}",
            _ratio(ours, theirs),
        ]
    )
    return table(rows)


def times_table(opora: Side, wagtail: Side, ours: dict[str, list[float]]) -> str:
    """The times, with how many times as long Wagtail takes for the same."""
    rows = [["ten results, ms", "p50", "p95", "p99"]]
    both = {"Opora": sorted(opora.took), "Wagtail": sorted(wagtail.took)}
    for name, took in both.items():
        rows.append([name, *(f"{percentile(took, share):.1f}" for share in (0.5, 0.95, 0.99))])
    rows.append(
        [
            "Wagtail / Opora",
            *(
                _ratio(percentile(both["Wagtail"], share), percentile(both["Opora"], share))
                for share in (0.5, 0.95, 0.99)
            ),
        ]
    )
    for name, took in ours.items():
        rows.append([name, *(f"{percentile(took, share):.1f}" for share in (0.5, 0.95, 0.99))])
    return table(rows)


def _weighed(before: float, after: float) -> str:
    return (
        f"Memory of a web process of its own: {before:.0f} MB with Django, Wagtail and the admin, "
        f"{after:.0f} MB after 600 searches: {after - before:.0f} MB more."
    )


def _ratio(one: float, other: float) -> str:
    return f"{one / other:.1f}" if other else "–"


def main() -> None:
    """Fill, ask, print, write."""
    from search.evaluation import read_questions

    given = arguments()
    for path in (given.corpus, given.queries):
        if not path.exists():
            raise SystemExit(f"{path} does not exist")
    with given.queries.open(encoding="utf-8") as file:
        questions = list(read_questions(file))
    with (
        tempfile.TemporaryDirectory(prefix="opora-bench-") as var,
        database(given.postgres),
        contextlib.ExitStack() as afterwards,
    ):
        set_up(var)
        from django.db import connections

        afterwards.callback(connections.close_all)
        number = fill(corpus_of(given.corpus, given.articles, Path(var)))
        with step("Asking both"):
            opora, wagtail = compare(questions, given.seconds)
        with step("Asking for pages"):
            ours = {
                "understanding, engine and rerank": engine_times(questions),
                "a suggestion, whole request": request_times(
                    questions, {"HX-Request": "true", "HX-Target": "search-panel"}
                ),
                "a page of 20 results, whole request": request_times(questions, {}),
            }
        with step("Weighing processes"):
            before, after = memory(var, given.queries)
        report = "\n\n".join(
            [
                f"{number} articles. {machine()}.",
                quality_table(opora, wagtail),
                times_table(opora, wagtail, ours),
                f"Queries that ended in an error: Opora {opora.failed}, Wagtail {wagtail.failed}.",
                _weighed(before, after),
            ]
        )
    print(f"\n{report}")
    written(f"make bench-search{' ARTICLES' if given.articles else ''}", report)


if __name__ == "__main__":
    main()
