"""Judges histories from a file of JSON lines, without touching the database."""

import json
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from competence.replay.cases import answers, read_case
from competence.replay.values import RefusedCase
from competence.rule.figures import DEFAULT_FIGURES, Figures, figures_from
from competence.sentences import why


class Command(BaseCommand):
    """Answers every line that is a case; refuses the others by number and then fails."""

    help = (
        "Judge histories by the competence rule: one JSON object per line in, one per day asked out. "
        "Nothing of a refused line is printed; the other lines are answered, and the command fails at the end."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file of JSON lines, or - for standard input")
        parser.add_argument(
            "--language", choices=("ru", "en"), default="ru", help="of the sentences (default: ru)"
        )
        parser.add_argument(
            "--figures",
            metavar="FILE.json",
            help='figures to try instead of the rule\'s own, such as {"knowledge_months": 9}',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        figures = _figures(options["figures"])
        refusals: list[str] = []
        with translation.override(options["language"]):
            for number, line in enumerate(_lines(options["file"]), start=1):
                if not line.strip():
                    continue
                try:
                    given = [
                        json.dumps(one, ensure_ascii=False)
                        for one in answers(read_case(line, figures), why)
                    ]
                except RefusedCase as refusal:
                    refusals.append(f"line {number}: {refusal}")
                else:
                    for answer in given:
                        self.stdout.write(answer)
        if refusals:
            raise CommandError("\n".join(refusals))


def _figures(name: str | None) -> Figures:
    if name is None:
        return DEFAULT_FIGURES
    try:
        given = json.loads(Path(name).read_text(encoding="utf-8"))
        if not isinstance(given, dict):
            raise CommandError(f"{name}: figures are an object of names and numbers")
        return figures_from(given)
    except (OSError, ValueError) as error:
        raise CommandError(f"{name}: {error}") from error


def _lines(name: str) -> Iterator[str]:
    """The lines of a file or of standard input, read one by one; bytes that are no UTF-8 spoil only their own line."""
    if name == "-":
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
        yield from sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8-sig", errors="surrogateescape") as file:
            yield from file
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error
