"""One cell as known on a day: withdrawn events gone, tracks worked out once, ready to be asked about any day."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

from competence.rule.cells import Cell
from competence.rule.events import Event, Observation
from competence.rule.knowing import known_events, leaves_of
from competence.rule.knowledge import KnowledgeTrack, knowledge_track
from competence.rule.leave import Absences
from competence.rule.practice import (
    Seen,
    last_day_of_observation,
    last_five,
    observations,
)

SomeEvent = TypeVar("SomeEvent", bound=Event)


class History:
    """What somebody knows of ``cell`` who knows everything recorded through ``known``."""

    def __init__(self, cell: Cell, known: date) -> None:
        self.cell = cell
        self.known = known
        self.events = known_events(cell.events, known)

    @cached_property
    def absences(self) -> Absences:
        """The known leaves; they look back and ahead."""
        return Absences(leaves_of(self.events), self.cell.figures)

    @cached_property
    def knowledge(self) -> KnowledgeTrack:
        """Passes, the declaration and what second fails left, each with its days."""
        return knowledge_track(
            self.events,
            competence=self.cell.competence,
            campaigns=self.cell.campaigns,
            absences=self.absences,
            figures=self.cell.figures,
        )

    def of_type(self, kind: type[SomeEvent]) -> Sequence[SomeEvent]:
        """The known events of one type, in order."""
        return self._by_type.get(kind, [])  # type: ignore[return-value]

    @cached_property
    def _by_type(self) -> dict[type[Event], list[Event]]:
        found: dict[type[Event], list[Event]] = {}
        for event in self.events:
            found.setdefault(type(event), []).append(event)
        return found

    def seen(self, day: date) -> list[Seen]:
        """The observations by ``day``, several ratings of a call being one."""
        return observations(
            self.events, day, competence=self.cell.competence, figures=self.cell.figures
        )

    def last_five(self, day: date) -> list[Seen]:
        """The last five observations that still count on ``day``."""
        return last_five(self.seen(day), day, self.cell.figures)

    def last_days_of_observations(self) -> Iterator[date]:
        """The last day on which each rating of practice may count."""
        for event in self.of_type(Observation):
            yield last_day_of_observation(event, self.cell.competence, self.cell.figures)
