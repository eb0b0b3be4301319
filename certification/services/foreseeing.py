"""What a suspension would change, said before anybody decides: nothing is written here."""

from collections.abc import Iterable

from certification.models import AskedVersion, QuestionSuspension, Submission
from certification.results import breakdowns
from certification.rules.rescoring import Change, Effect, Remedy, changes, effect
from certification.services.rescoring import (
    Cause,
    marks_in,
    not_taken_in,
    remedies_in,
    result_of,
    taken_in,
)


def affected(version: AskedVersion) -> Iterable[Submission]:
    """The attempts that were handed in with ``version``; also those that no statistic has taken in yet."""
    rows = Submission.objects.select_related("attempt").prefetch_related(
        "rescorings__suspension__version", "rescorings__appeal", "rescorings__assessment__answer"
    )
    yield from rows.filter(taken_in(version)).order_by("pk").iterator(chunk_size=100)
    yield from not_taken_in(version)


def effects_of_suspending(version: AskedVersion | None) -> dict[Remedy, Effect]:
    """What suspending ``version`` would change, by remedy. Three queries for each hundred attempts."""
    judged: dict[Remedy, list[tuple[int, list[Change]]]] = {remedy: [] for remedy in Remedy}
    for row in affected(version) if version else ():
        followed = _followed(row)
        for remedy, found in judged.items():
            planned = QuestionSuspension(version=version, remedy=remedy.value)
            found.append((row.attempt.employee_id, _compared(row, [*followed, planned])))
    return {remedy: effect(found) for remedy, found in judged.items()}


def effect_of_lifting(suspension: QuestionSuspension) -> Effect:
    """What lifting it would change."""
    return effect(
        (
            row.attempt.employee_id,
            _compared(row, [one for one in _followed(row) if one != suspension]),
        )
        for row in affected(suspension.version)
    )


def _followed(row: Submission) -> list[Cause]:
    rescorings = list(row.rescorings.all())
    lifted = {one.suspension_id for one in rescorings if one.lifted}
    return [
        one.cause for one in rescorings if not one.suspension_id or one.suspension_id not in lifted
    ]


def _compared(row: Submission, causes: Iterable[Cause]) -> list[Change]:
    kept = sorted(row.rescorings.all(), key=lambda one: one.number)
    before = kept[-1].result if kept else row.result
    causes = list(causes)
    after = result_of(row, remedies_in(row.attempt.paper, causes), marks_in(causes))
    return changes(breakdowns(before), after.competences)
