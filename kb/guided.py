"""Guided scripts: a conversation as steps, each with answers that lead to the next. Pure.

An operator walks one during a call: the step's question, the customer's answer, the next step, until an outcome.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_STEPS = 60


class Outcome(StrEnum):
    """How a walk can end."""

    SOLVED = "solved"
    HANDED_ON = "handed_on"
    CALL_BACK = "call_back"


@dataclass(frozen=True)
class Choice:
    """An answer of the customer, and the name of the step it leads to."""

    label: str
    leads_to: str


@dataclass(frozen=True)
class Step:
    """A step has answers, or it is an end with an outcome; never both."""

    name: str
    choices: tuple[Choice, ...] = ()
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Problem:
    """What is wrong with a script: ``kind`` says what, ``step`` is the place in the order of steps."""

    kind: str
    step: int
    name: str = ""


class NoSuchWay(LookupError):
    """The script has no such step, or the step no such answer."""


@dataclass(frozen=True)
class Script:
    """The steps in their order; a walk begins at the first. Names are compared without case and spaces around."""

    steps: tuple[Step, ...]

    def step(self, name: str) -> Step:
        """The step called ``name``. Raises NoSuchWay."""
        for step in self.steps:
            if _same(step.name, name):
                return step
        raise NoSuchWay(name)

    def walked(self, answers: Sequence[int]) -> list[Step]:
        """The steps seen on the way of ``answers`` (numbers of choices, from 0), the present one last.

        Raises NoSuchWay if an answer is not there.
        """
        if not self.steps:
            raise NoSuchWay("")
        seen = [self.steps[0]]
        for answer in answers:
            if not 0 <= answer < len(seen[-1].choices):
                raise NoSuchWay(seen[-1].name)
            seen.append(self.step(seen[-1].choices[answer].leads_to))
        return seen

    def problems(self) -> list[Problem]:
        """Everything that would strand somebody on a call, in the order of the steps."""
        return sorted(self._problems(), key=lambda problem: problem.step)

    def _problems(self) -> Iterator[Problem]:
        known: dict[str, int] = {}
        for place, step in enumerate(self.steps):
            if _key(step.name) in known:
                yield Problem("name_taken", place, step.name)
            known.setdefault(_key(step.name), place)
        leads: list[list[int]] = []
        for place, step in enumerate(self.steps):
            if step.choices and step.outcome:
                yield Problem("end_with_answers", place, step.name)
            elif not step.choices and not step.outcome:
                yield Problem("dead_end", place, step.name)
            leads.append([])
            for choice in step.choices:
                target = known.get(_key(choice.leads_to))
                if target is None:
                    yield Problem("leads_nowhere", place, choice.leads_to)
                else:
                    leads[place].append(target)
        yield from self._cycles(leads)
        reached = _reached(leads)
        for place, step in enumerate(self.steps):
            if place not in reached:
                yield Problem("never_reached", place, step.name)

    def _cycles(self, leads: list[list[int]]) -> Iterator[Problem]:
        """The steps from which an answer leads back onto the way already walked."""
        unseen, on_the_way, done = 0, 1, 2
        state = [unseen] * len(self.steps)
        for start in range(len(self.steps)):
            # Pairs of a step and the answers of it still to follow: no recursion, whatever an author built.
            way: list[tuple[int, list[int]]] = []
            if state[start] == unseen:
                state[start] = on_the_way
                way.append((start, list(leads[start])))
            while way:
                place, left = way[-1]
                if not left:
                    state[place] = done
                    way.pop()
                    continue
                target = left.pop(0)
                if state[target] == on_the_way:
                    yield Problem("goes_in_circles", place, self.steps[target].name)
                elif state[target] == unseen:
                    state[target] = on_the_way
                    way.append((target, list(leads[target])))


def _reached(leads: list[list[int]]) -> set[int]:
    reached: set[int] = set()
    ahead = [0] if leads else []
    while ahead:
        place = ahead.pop()
        if place not in reached:
            reached.add(place)
            ahead += leads[place]
    return reached


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _same(one: str, other: str) -> bool:
    return _key(one) == _key(other)
