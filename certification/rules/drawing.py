"""Drawing a paper: by blueprint, from a seed, so that the same seed over the same pool gives the same paper."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from certification.rules.limits import LEAST_QUESTIONS, MOST_QUESTIONS, Line

MOST_FOR_A_CHANGE = 3


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn: confirmed for the version in force. ``article`` is what it rests on."""

    question: int
    competence: int
    level: int
    article: str = ""


@dataclass(frozen=True)
class Drawn:
    """A question of a paper; one that only covers a change does not count towards the five."""

    candidate: Candidate
    counts: bool = True


class NotEnough(ValueError):
    """Too few confirmed questions for these lines of the blueprint."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(f"too few questions for {len(lines)} lines")
        self.lines = tuple(lines)


def draw(
    lines: Sequence[Line],
    candidates: Iterable[Candidate],
    *,
    seen: Collection[int] = (),
    changed: Collection[str] = (),
    seed: int,
) -> list[Drawn]:
    """The questions of a paper in their order.

    For each line as many as it asks for, of exactly its level: first those the person did not see in their last
    cycle, then the others. A line takes fewer where the pool is small, but never fewer than give evidence. For
    each ``changed`` article up to three questions more, of the competences asked for, while the paper has room.
    Raises NotEnough.
    """
    rng = Random(seed)  # noqa: S311 - a paper must be reproducible from its seed, not secret
    pools: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for candidate in sorted(candidates, key=lambda one: one.question):
        pools[candidate.competence, candidate.level].append(candidate)
    chosen: list[Drawn] = []
    short = []
    for line in lines:
        pool = pools[line.competence, line.level]
        if len(pool) < min(line.count, LEAST_QUESTIONS):
            short.append(line)
            continue
        chosen += [Drawn(one) for one in _fresh_first(pool, seen, rng)[: line.count]]
    if short:
        raise NotEnough(short)
    chosen += _for_changes(lines, pools, chosen, changed, rng)
    rng.shuffle(chosen)
    return chosen


def _fresh_first(pool: Sequence[Candidate], seen: Collection[int], rng: Random) -> list[Candidate]:
    shuffled = list(pool)
    rng.shuffle(shuffled)
    return sorted(shuffled, key=lambda one: one.question in seen)


def _for_changes(lines, pools, chosen, changed, rng: Random) -> list[Drawn]:
    """Questions for what changed since the person's last pass, beyond those that were drawn anyway.

    Each article gets one before any gets a second, so that a paper that runs full has asked about all it can.
    """
    taken = {one.candidate.question for one in chosen}
    covered: dict[str, int] = defaultdict(int)
    for one in chosen:
        covered[one.candidate.article] += 1
    pool = {article: _on(article, lines, pools, taken, rng) for article in sorted(changed)}
    extra: list[Drawn] = []
    for turn in range(MOST_FOR_A_CHANGE):
        for article, left in pool.items():
            full = len(chosen) + len(extra) >= MOST_QUESTIONS
            if left and covered[article] <= turn and not full:
                covered[article] += 1
                extra.append(Drawn(left.pop(), counts=False))
    return extra


def _on(article: str, lines, pools, taken: Collection[int], rng: Random) -> list[Candidate]:
    """The questions about one article that may still be drawn, in the order of a lot."""
    found = [
        one
        for line in lines
        for level in range(line.level, 0, -1)
        for one in pools[line.competence, level]
        if one.article == article and one.question not in taken
    ]
    rng.shuffle(found)
    return found
