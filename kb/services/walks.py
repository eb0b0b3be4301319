"""Walking a guided script: where somebody stands after their answers, kept as they go."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from kb.guided import NoSuchWay, Step
from kb.models import ArticlePage, ScriptWalk
from kb.script_blocks import ScriptValue

MOST_ANSWERS = 60


@dataclass(frozen=True)
class Position:
    """Where a walk stands: the steps seen with the answers given, and the present one."""

    value: ScriptValue
    seen: tuple[tuple[Step, str], ...]
    step: Step
    answers: tuple[int, ...]

    @property
    def words(self):
        """What the author wrote for the present step."""
        return self.value.words_of(self.step)


def script_in(article: ArticlePage, block_id: uuid.UUID) -> ScriptValue | None:
    """The script with this id in the text of ``article``, also inside an internal part; None if there is none."""
    for block in article.body:
        inside = block.value if block.block_type == "internal" else [block]
        for each in inside:
            if each.block_type == "script" and each.id == str(block_id):
                return each.value
    return None


def position(value: ScriptValue, answers: Sequence[int]) -> Position:
    """Where ``answers`` (numbers of choices from 0) lead. Raises NoSuchWay."""
    script = value.script
    steps = script.walked(answers)
    seen = tuple(
        (step, step.choices[answer].label) for step, answer in zip(steps, answers, strict=False)
    )
    return Position(value=value, seen=seen, step=steps[-1], answers=tuple(answers))


def record_walk(
    *,
    article: ArticlePage,
    block_id: uuid.UUID,
    walk_id: uuid.UUID,
    answers: Sequence[int],
    now: datetime.datetime,
) -> Position:
    """Keep that a walk has come this far; the whole way is given each time, so that nothing can arrive twice.

    Going back and answering otherwise replaces the way. Raises NoSuchWay where the script, as it reads now, has
    no such step or answer, or where ``walk_id`` belongs to another script; nothing is written then.
    """
    value = script_in(article, block_id)
    if value is None or article.version is None or len(answers) > MOST_ANSWERS:
        raise NoSuchWay(str(block_id))
    here = position(value, answers)
    changes = {
        "version": article.version,
        "answers": list(answers),
        "at_step": here.step.name,
        "outcome": here.step.outcome or "",
        "touched_at": now,
    }
    of_this_script = {"uuid": walk_id, "article": article, "block_id": block_id}
    if ScriptWalk.objects.filter(**of_this_script).update(**changes):
        return here
    try:
        with transaction.atomic():
            ScriptWalk.objects.create(**of_this_script, **changes, started_at=now)
    except IntegrityError:
        if not ScriptWalk.objects.filter(**of_this_script).update(**changes):
            raise NoSuchWay(str(walk_id)) from None
    return here
