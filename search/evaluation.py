"""Measures of search quality over a file of queries with known answers. Pure."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

DEPTH = 10
ACROSS_LANGUAGES = "xlang_"
"""Classes of this prefix stand beside the mean: they need a glossary or an encoder."""


class BadQueryFile(ValueError):
    """A line of the query file cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Question:
    """One query and the articles that answer it."""

    kind: str
    text: str
    relevant: frozenset[str]
    language: str = ""


@dataclass(slots=True)
class Measures:
    """Sums over the questions of one class."""

    n: int = 0
    reciprocal_ranks: float = 0.0
    first: int = 0
    found: int = 0

    def add(self, rank: int | None) -> None:
        """Count a question whose first right answer stood at ``rank`` (from 1), or nowhere."""
        self.n += 1
        if rank is not None and rank <= DEPTH:
            self.reciprocal_ranks += 1 / rank
            self.first += rank == 1
            self.found += 1

    def as_row(self) -> dict[str, float]:
        """The means."""
        n = self.n or 1
        return {
            "n": self.n,
            f"mrr@{DEPTH}": round(self.reciprocal_ranks / n, 4),
            "success@1": round(self.first / n, 4),
            f"recall@{DEPTH}": round(self.found / n, 4),
        }


@dataclass(slots=True)
class Evaluation:
    """The measures by class, and the times."""

    classes: dict[str, Measures] = field(default_factory=lambda: defaultdict(Measures))
    milliseconds: list[float] = field(default_factory=list)

    def add(self, question: Question, answers: Sequence[str], milliseconds: float) -> None:
        """Count one answered question."""
        ranks = (i for i, answer in enumerate(answers[:DEPTH], 1) if answer in question.relevant)
        self.classes[question.kind].add(next(ranks, None))
        self.milliseconds.append(milliseconds)

    def report(self) -> dict[str, Any]:
        """Everything as plain values."""
        rows = {kind: measures.as_row() for kind, measures in sorted(self.classes.items())}
        inside = [row for kind, row in rows.items() if not kind.startswith(ACROSS_LANGUAGES)]
        names = [name for name in Measures().as_row() if name != "n"]
        return {
            "classes": rows,
            "macro": {
                name: round(sum(row[name] for row in inside) / (len(inside) or 1), 4)
                for name in names
            },
            "latency_ms": {
                f"p{share}": percentile(self.milliseconds, share) for share in (50, 95, 99)
            },
        }


def percentile(values: Sequence[float], share: int) -> float:
    """The value that ``share`` percent of ``values`` do not exceed."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 3)


def read_questions(lines: Iterable[str]) -> Iterator[Question]:
    """The questions of a JSONL file. Raises ``BadQueryFile``."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield Question(
                kind=str(row["cls"]),
                text=str(row["q"]),
                relevant=frozenset(map(str, row["rel"])),
                language=str(row.get("lang_filter") or ""),
            )
        except (ValueError, KeyError, TypeError) as reason:
            raise BadQueryFile(f"line {number} is not a query: {reason!r}") from reason
