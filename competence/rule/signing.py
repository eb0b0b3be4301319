"""Who may sign for practice: a pure answer from the signer's own cell and their mentoring cell."""

from dataclasses import replace
from datetime import date

from competence.rule.calendar import DAY, add_days
from competence.rule.cells import Cell, Requirement
from competence.rule.history import History
from competence.rule.judging import judge_day
from competence.rule.states import OPEN_STATES, State


def may_sign(
    *,
    own: Cell,
    mentoring: Cell | None,
    target: int,
    observed_on: date,
    today: date,
    same_person: bool = False,
) -> bool:
    """Whether somebody may sign today for what they observed on a day.

    ``own`` is the signer's cell of the trainee's competence, judged against the trainee's ``target``: “one whose own
    cell reaches the trainee's target level in those same three states”. ``mentoring`` is the signer's cell of the
    competence marked as mentoring, judged against what the signer's position requires of it: “so at target”; None
    where no competence is marked. “Observations made before the mentor's lapse may be signed for three days after.
    Nobody for themselves.”
    """
    if same_person or observed_on > today:
        return False
    cells = [replace(own, requirements=(Requirement(level=target),))]
    if mentoring is not None:
        cells.append(mentoring)
    histories = [History(cell, today) for cell in cells]
    if _stand(histories, today):
        return True
    if not _stand_or_lapsed(histories, today):
        return False
    # The last day on which all stood, if it is at most three days ago, and the observation was made by then.
    day = today
    earliest = add_days(today, -own.figures.signing_days)
    while day > earliest:
        day -= DAY
        if _stand(histories, day):
            return observed_on <= day
    return False


def _states(histories: list[History], day: date) -> set[State | None]:
    return {judge_day(history, day).state for history in histories}


def _stand(histories: list[History], day: date) -> bool:
    return _states(histories, day) <= OPEN_STATES


def _stand_or_lapsed(histories: list[History], day: date) -> bool:
    """Only a lapse leaves three days; a suspension or a worse result does not."""
    return _states(histories, day) <= OPEN_STATES | {State.LAPSED}
