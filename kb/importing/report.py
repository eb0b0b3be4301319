"""What an import did, or would do: figures, and what each document's owner must know. Pure."""

from dataclasses import dataclass, field
from typing import Any

from kb.importing.documents import Problem, SourceDocument

MOST_LISTED = 10_000


@dataclass
class ImportReport:
    """Figures of one run."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    # Articles that stand with another audience than this run would give them; it is never changed.
    other_audience: int = 0
    # Seconds of the longest transaction: how long another writer had to wait at most.
    slowest: float = 0.0
    degraded: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    # Beyond the first ten thousand only the number is kept.
    degraded_unlisted: int = 0
    refused_unlisted: int = 0

    @property
    def done(self) -> int:
        """Documents that are in the knowledge base after this run."""
        return self.imported + self.updated + self.unchanged

    @property
    def refused_count(self) -> int:
        """Documents that were not taken."""
        return len(self.refused) + self.refused_unlisted

    def refuse(self, problem: Problem) -> None:
        """Count a document that is not taken."""
        if len(self.refused) < MOST_LISTED:
            self.refused.append(problem)
        else:
            self.refused_unlisted += 1

    def degrade(self, document: SourceDocument, reason: str) -> None:
        """Note that ``document`` came in, but not all of it."""
        if len(self.degraded) < MOST_LISTED:
            self.degraded.append(Problem(line=document.line, reason=reason, file=document.file))
        else:
            self.degraded_unlisted += 1

    def as_json(self) -> dict[str, Any]:
        """As ``--json`` prints it."""
        return {
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "degraded": [problem.as_json() for problem in self.degraded],
            "refused": [problem.as_json() for problem in self.refused],
        }
