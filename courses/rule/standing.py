"""How a plan stands on a day: what is done, what is late, what waits for whom, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    """A step as the rule sees it. ``waits`` is true while somebody else has to sign."""

    key: int
    due_on: date
    minutes: int = 0
    done: bool = False
    waits: bool = False
    after_previous: bool = False
    available: bool = True


@dataclass(frozen=True)
class Standing:
    """The plan on a day. ``held`` are late steps that a missing signature holds up, by what waits for it."""

    done: int
    total: int
    late: tuple[int, ...]
    held: dict[int, int]
    blocked: dict[int, int]
    next: int | None
    minutes_left: int

    @property
    def is_complete(self) -> bool:
        """Nothing is left to do."""
        return self.total > 0 and self.done == self.total


def stand(steps: Sequence[PlanStep], today: date) -> Standing:
    """Judge ``steps``, in their order. What is not available (a lesson taken down) counts for nothing."""
    counted = [step for step in steps if step.available]
    by_key = {step.key: step for step in counted}
    blocked = _blocked(counted)
    late = tuple(step.key for step in counted if not step.done and step.due_on < today)
    held = {}
    for key in late:
        cause = blocked.get(key, key)
        if by_key[cause].waits:
            held[key] = cause
    open_ones = (
        step.key for step in counted if not step.done and not step.waits and step.key not in blocked
    )
    return Standing(
        done=sum(step.done for step in counted),
        total=len(counted),
        late=late,
        held=held,
        blocked=blocked,
        next=next(open_ones, None),
        minutes_left=sum(step.minutes for step in counted if not step.done),
    )


def _blocked(steps: Sequence[PlanStep]) -> dict[int, int]:
    """Each step that must wait for an earlier one, with the first that is to be done before it."""
    found: dict[int, int] = {}
    previous: PlanStep | None = None
    for step in steps:
        if step.after_previous and previous is not None and not previous.done and not step.done:
            found[step.key] = found.get(previous.key, previous.key)
        previous = step
    return found
