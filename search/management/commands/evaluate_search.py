"""Measure the quality and speed of search on a file of queries with known answers."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kb.models import ArticlePage
from people.viewer import EVERYTHING
from search import indexing, services
from search.engines import chosen
from search.engines.base import Engine, EngineTrouble, Filters, IndexUnavailable, Scope
from search.evaluation import DEPTH, BadQueryFile, Evaluation, Question, read_questions

WARM_UP = 60


class Command(BaseCommand):
    """``evaluate_search QUERIES.jsonl [--json] [--engine NAME]``."""

    help = (
        "Ask every query of a JSONL file and print MRR, success and recall by class, and the times."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, ``--json``, ``--engine``."""
        parser.add_argument("queries", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--engine", help="embedded or cluster; left out: the one readers get, without fallback"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the index up to date, ask, print."""
        try:
            with options["queries"].open(encoding="utf-8") as file:
                questions = list(read_questions(file))
            engine = chosen.called(options["engine"] or chosen.kept()[-1].name)
            indexing.catch_up()
            report = self._evaluate(questions, engine).report()
        except (OSError, UnicodeDecodeError, BadQueryFile) as reason:
            raise CommandError(f"The queries cannot be read: {reason}") from reason
        except IndexUnavailable as reason:
            raise CommandError(f"No index: {reason}. Run rebuild_search.") from reason
        except KeyError as reason:
            raise CommandError(f"This site has no engine called {reason}.") from reason
        except EngineTrouble as reason:
            raise CommandError(f"The engine does not answer: {reason}.") from reason
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._print(report)

    def _evaluate(self, questions: list[Question], engine: Engine) -> Evaluation:
        at = timezone.now()
        visible = dict(
            ArticlePage.objects.visible_to(EVERYTHING, at).order_by().values_list("pk", "source_id")
        )
        sight = services.sight_of(EVERYTHING)
        evaluation = Evaluation()
        for question in questions[:WARM_UP]:
            scope = Scope(sight, at, Filters(language=question.language))
            services.ranked(scope, question.text, by=engine)
        for question in questions:
            scope = Scope(sight, at, Filters(language=question.language))
            started = time.perf_counter()
            _, candidates = services.ranked(scope, question.text, by=engine)
            milliseconds = (time.perf_counter() - started) * 1000
            found = [visible[c.article] for c in candidates if c.article in visible]
            evaluation.add(question, [str(source) for source in found[:DEPTH]], milliseconds)
        return evaluation

    def _print(self, report: dict[str, Any]) -> None:
        names = list(report["macro"])
        rows = {**report["classes"], "macro": {"n": "", **report["macro"]}}
        self.stdout.write(f"{'class':14}{'n':>6}" + "".join(f"{name:>11}" for name in names))
        for kind, row in rows.items():
            figures = "".join(f"{row[name]:>11.3f}" for name in names)
            self.stdout.write(f"{kind:14}{row['n']:>6}{figures}")
        times = "  ".join(f"{name} {value}" for name, value in report["latency_ms"].items())
        self.stdout.write(f"ms: {times}")
