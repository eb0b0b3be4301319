"""Levels declared at the start, from a table: person, competence, level; declared by each person's lead."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from competence.choices import EventType
from competence.loading import local_day
from competence.models import Competence, CompetenceEvent
from competence.rule.events import HIGHEST_LEVEL
from competence.services.record import Entry, record_many
from people.importing.cells import BadCell, did_you_mean, key_of, text_of
from people.importing.columns import recognise
from people.importing.tables import RowError, Table, UnreadableFile
from people.models import Assignment, Employee, Team, User
from people.refusals import Refusal

COLUMNS = {
    "person": ("person", "employee", "e-mail", "email", "сотрудник", "почта", "табельный номер"),
    "competence": ("competence", "компетенция"),
    "level": ("level", "уровень"),
}


@dataclass(frozen=True, kw_only=True)
class Report:
    """What an import of levels did, or would do; with ``refused`` rows nothing was written."""

    imported: int
    unchanged: int
    refused: tuple[RowError, ...]
    dry_run: bool

    def as_json(self) -> dict:
        """The figures in the form all importers print."""
        return {
            "imported": self.imported,
            "updated": 0,
            "unchanged": self.unchanged,
            "degraded": [],
            "refused": [{"line": error.line, "reason": error.reason} for error in self.refused],
            "dry_run": self.dry_run,
        }


def import_levels(table: Table, *, now: datetime.datetime, dry_run: bool = False) -> Report:
    """Declare the levels of ``table``, all or none; a second run finds them and writes nothing new.

    Raises UnreadableFile for headings that make no sense.
    """
    columns = recognise(table, COLUMNS)
    for name, label in (
        ("person", _("Person")),
        ("competence", _("Competence")),
        ("level", _("Level")),
    ):
        if name not in columns:
            raise UnreadableFile(_("There is no column “%(name)s”.") % {"name": label})
    reader = _Reader(columns.index, now)
    errors = list(table.errors)
    entries: list[Entry] = []
    unchanged = 0
    for line, cells in table.rows:
        try:
            entry = reader.entry(line, cells)
        except Refusal as refusal:
            errors.append(RowError(line, str(refusal).rstrip(".")))
        else:
            if entry is None:
                unchanged += 1
            else:
                entries.append(entry)
    if not errors and not dry_run and entries:
        with transaction.atomic():
            record_many(entries, now=now)
    return Report(
        imported=0 if errors else len(entries),
        unchanged=unchanged,
        refused=tuple(sorted(errors, key=lambda error: error.line)),
        dry_run=dry_run,
    )


class _Reader:
    """Turns rows into entries; knows people, competences and leads from a few queries."""

    def __init__(self, index: dict[str, int], now: datetime.datetime) -> None:
        self.index = index
        self.now = now
        self.people: dict[str, Employee] = {}
        for employee in Employee.objects.select_related("user"):
            self.people[employee.user.email_key] = employee
            if employee.external_id:
                self.people.setdefault(User.key_of(employee.external_id), employee)
        self.competences = {key_of(one.name): one for one in Competence.objects.all()}
        self.teams = {team.pk: team for team in Team.objects.select_related("lead__user")}
        today = now.date()
        self.team_of = dict(
            Assignment.objects.in_force_on(today).values_list("employee_id", "team_id")
        )
        declared = CompetenceEvent.objects.standing().filter(type=EventType.DECLARED)
        self.declared = {
            (employee, competence): level
            for employee, competence, level in declared.order_by("-seq").values_list(
                "employee_id", "competence_id", "level"
            )
        }
        self.seen: dict[tuple[int, int], int] = {}

    def entry(self, line: int, cells) -> Entry | None:
        """The event a row asks for; None where it stands already. Raises BadCell."""
        employee = self._person(text_of(cells[self.index["person"]]))
        competence = self._competence(text_of(cells[self.index["competence"]]))
        level = self._level(cells[self.index["level"]])
        key = (employee.pk, competence.pk)
        if key in self.seen:
            raise BadCell(
                _("the same cell stands in row %(row)s already") % {"row": self.seen[key]}
            )
        self.seen[key] = line
        if key in self.declared:
            if self.declared[key] == level:
                return None
            raise BadCell(
                _("level %(level)s is declared already; withdraw it first")
                % {"level": self.declared[key]}
            )
        return Entry(
            employee=employee,
            type=EventType.DECLARED,
            source=("declaration", f"{self.now:%Y%m%d%H%M%S%f}"),
            competence=competence,
            level=level,
            by=self._lead_of(employee).user,
        )

    def _person(self, text: str) -> Employee:
        employee = self.people.get(User.key_of(text)) if text else None
        if employee is None:
            raise BadCell(
                _("no employee “%(name)s”") % {"name": text} + did_you_mean(text, self.people)
            )
        if not employee.works_on(local_day(self.now, employee.tz)):
            raise BadCell(_("%(name)s does not work here today") % {"name": employee.full_name})
        return employee

    def _competence(self, text: str) -> Competence:
        found = self.competences.get(key_of(text))
        if found is None:
            names = [one.name for one in self.competences.values()]
            raise BadCell(
                _("no competence “%(name)s”") % {"name": text} + did_you_mean(text, names)
            )
        return found

    def _level(self, cell) -> int:
        text = text_of(cell).removesuffix(".0")
        if not text.isdecimal() or int(text) > HIGHEST_LEVEL:
            raise BadCell(_("“%(text)s” is not a level from 0 to 4") % {"text": text[:40]})
        return int(text)

    def _lead_of(self, employee: Employee) -> Employee:
        """The nearest lead above; a lead's own levels are declared by the lead above theirs."""
        team = self.teams.get(self.team_of.get(employee.pk, 0))
        passed: set[int] = set()
        while team is not None and team.pk not in passed:
            passed.add(team.pk)
            if team.lead is not None and team.lead_id != employee.pk:
                return team.lead
            team = self.teams.get(team.parent_id or 0)
        raise BadCell(_("%(name)s has no lead who declares it") % {"name": employee.full_name})
