"""What answers say of questions, as their authors read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from certification.choices import CohortKind
from certification.models import AskedVersion, ItemStatistic, Question, QuestionSuspension
from people.models import Position, Team

ORDER = [CohortKind.ALL, CohortKind.ROUND, CohortKind.POSITION, CohortKind.TEAM]


@dataclass(frozen=True)
class CohortFigures:
    """A statistic with the name of its cohort."""

    name: str
    statistic: ItemStatistic


@dataclass(frozen=True)
class VersionFigures:
    """A version of a question that people got, the statistic of everybody, and those of the cohorts."""

    version: AskedVersion
    overall: ItemStatistic | None
    cohorts: tuple[CohortFigures, ...]
    is_current: bool
    suspension: QuestionSuspension | None


def figures_of(question: Question) -> list[VersionFigures]:
    """The versions of ``question`` that were asked, the newest first. Five queries at most."""
    versions = AskedVersion.objects.filter(question_uuid=question.uuid)
    versions = list(versions.order_by("-first_asked_at", "-pk"))
    rows = list(ItemStatistic.objects.filter(version__in=versions))
    names = cohort_names(rows)
    standing = QuestionSuspension.objects.standing().filter(version__in=versions)
    suspended = {one.version_id: one for one in standing.select_related("by")}
    found = []
    for version in versions:
        own = [row for row in rows if row.version_id == version.pk]
        cohorts = [CohortFigures(names[row.cohort_kind, row.cohort], row) for row in own]
        cohorts.sort(key=lambda one: (ORDER.index(one.statistic.cohort_kind), one.name))
        found.append(
            VersionFigures(
                version=version,
                overall=next((row for row in own if row.cohort_kind == CohortKind.ALL), None),
                cohorts=tuple(cohorts),
                is_current=version.sha256 == question.content_sha256,
                suspension=suspended.get(version.pk),
            )
        )
    return sorted(found, key=lambda one: not one.is_current)


def cohort_names(rows: Iterable[ItemStatistic]) -> dict[tuple[str, str], str]:
    """How the cohorts of ``rows`` are called. Two queries at most."""
    keys = {(row.cohort_kind, row.cohort) for row in rows}
    teams = [int(key) for kind, key in keys if kind == CohortKind.TEAM]
    positions = [int(key) for kind, key in keys if kind == CohortKind.POSITION]
    named = {
        CohortKind.TEAM: Team.objects.in_bulk(teams) if teams else {},
        CohortKind.POSITION: Position.objects.in_bulk(positions) if positions else {},
    }
    found = {}
    for kind, key in keys:
        if kind in named:
            row = named[kind].get(int(key))
            found[kind, key] = row.name if row else _("dissolved")
        else:
            found[kind, key] = round_words(key) if key else _("everybody")
    return found


def round_words(key: str) -> str:
    """A half-year as people call it."""
    year, _dash, half = key.partition("-")
    words = _("%(year)s, first half") if half == "1" else _("%(year)s, second half")
    return words % {"year": year}


def cohort_choices() -> list:
    """The cohorts that there are figures of, in groups, for a filter. Three queries."""
    rows = ItemStatistic.objects.exclude(cohort_kind=CohortKind.ALL)
    keys = rows.order_by().values_list("cohort_kind", "cohort").distinct()
    names = cohort_names(ItemStatistic(cohort_kind=kind, cohort=key) for kind, key in keys)
    return [
        (
            str(kind.label).capitalize(),
            sorted(
                ((f"{kind.value}:{key}", name) for (of, key), name in names.items() if of == kind),
                key=lambda pair: pair[1],
            ),
        )
        for kind in ORDER[1:]
    ]
