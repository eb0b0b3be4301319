"""Measure the quality and speed of search on a file of queries with known answers."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kb.models import ArticlePage
from people.viewer import EVERYTHING
from search import ablation, indexing, services
from search.engines import chosen
from search.engines.base import Engine, EngineTrouble, Filters, IndexUnavailable, Scope
from search.evaluation import DEPTH, BadQueryFile, Evaluation, Question, read_questions

WARM_UP = 60
AFFECTED, NOISE = 3, 0.004
"""So many classes are named in the table of steps, if they lost more than this."""


class Command(BaseCommand):
    """``evaluate_search QUERIES.jsonl [--json] [--engine NAME] [--without STEPS] [--ablation]``."""

    help = (
        "Ask every query of a JSONL file and print MRR, success and recall by class, and the times."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, ``--json``, ``--engine``, and what is to be left out."""
        parser.add_argument("queries", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--engine", help="embedded or cluster; left out: the one readers get, without fallback"
        )
        parser.add_argument(
            "--without",
            default="",
            metavar="STEPS",
            help=f"leave steps out, with commas between them: {', '.join(ablation.STEPS)}",
        )
        parser.add_argument(
            "--ablation", action="store_true", help="leave out one step after the other, as a table"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the index up to date, ask, print."""
        try:
            with options["queries"].open(encoding="utf-8") as file:
                questions = list(read_questions(file))
            engine = chosen.called(options["engine"] or chosen.kept()[-1].name)
            indexing.catch_up()
            if options["ablation"]:
                self._ablate(questions, engine)
                return
            with ablation.without(_names(options["without"])):
                report = self._evaluate(questions, engine).report()
        except (OSError, UnicodeDecodeError, BadQueryFile) as reason:
            raise CommandError(f"The queries cannot be read: {reason}") from reason
        except IndexUnavailable as reason:
            raise CommandError(f"No index: {reason}. Run rebuild_search.") from reason
        except KeyError as reason:
            raise CommandError(f"This site has no engine called {reason}.") from reason
        except ablation.UnknownStep as reason:
            raise CommandError(f"Nothing can be measured: {reason}.") from reason
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

    def _ablate(self, questions: list[Question], engine: Engine) -> None:
        """What each step is worth: the mean without it, and the classes it is for."""
        whole = self._evaluate(questions, engine).report()
        measure = f"mrr@{DEPTH}"
        self.stdout.write("| left out | mean | most affected |\n|---|---|---|")
        self.stdout.write(f"| nothing | {whole['macro'][measure]:.3f} | |")
        for name in ablation.STEPS:
            with ablation.without([name]):
                report = self._evaluate(questions, engine).report()
            fallen = sorted(
                (row[measure] - whole["classes"][kind][measure], kind)
                for kind, row in report["classes"].items()
            )
            affected = ", ".join(
                f"{kind} {whole['classes'][kind][measure]:.2f} to {report['classes'][kind][measure]:.2f}"
                for fall, kind in fallen[:AFFECTED]
                if fall < -NOISE
            )
            self.stdout.write(f"| {name} | {report['macro'][measure]:.3f} | {affected} |")

    def _print(self, report: dict[str, Any]) -> None:
        names = list(report["macro"])
        rows = {**report["classes"], "macro": {"n": "", **report["macro"]}}
        self.stdout.write(f"{'class':14}{'n':>6}" + "".join(f"{name:>11}" for name in names))
        for kind, row in rows.items():
            figures = "".join(f"{row[name]:>11.3f}" for name in names)
            self.stdout.write(f"{kind:14}{row['n']:>6}{figures}")
        times = "  ".join(f"{name} {value}" for name, value in report["latency_ms"].items())
        self.stdout.write(f"ms: {times}")


def _names(words: str) -> list[str]:
    return [name for name in (part.strip() for part in words.split(",")) if name]
