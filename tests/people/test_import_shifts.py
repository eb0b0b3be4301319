"""Importing the roster: local times, night shifts, overlaps, a second run."""

import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command

from people.importing.shifts import import_shifts
from people.importing.tables import read_table
from people.models import Shift

HEAD = "Сотрудник;День;Начало;Конец"


@pytest.fixture
def imported():
    """Import rows: ``imported("anna@example.test;24.11.2026;09:00;21:00")``."""

    def _imported(*rows: str, head: str = HEAD, **options):
        content = "\n".join([head, *rows]).encode()
        return import_shifts(read_table(content, name="shifts.csv"), **options)

    return _imported


def test_times_are_those_of_the_persons_own_zone(anna, imported):
    anna.zone = "Asia/Vladivostok"
    anna.save()

    imported("anna@example.test;24.11.2026;09:00;18:00")

    assert Shift.objects.get().starts_at == datetime.datetime(2026, 11, 23, 23, tzinfo=datetime.UTC)


def test_a_shift_that_ends_before_it_begins_ends_on_the_next_day(anna, imported):
    imported("anna@example.test;24.11.2026;20:00;08:00")

    shift = Shift.objects.get()
    assert shift.ends_at - shift.starts_at == datetime.timedelta(hours=12)


def test_moments_and_personnel_numbers_are_understood_too(anna, imported):
    anna.external_id = "0017"
    anna.save()

    report = imported("0017;24.11.2026 09:00;2026-11-24 18:00", head="Employee;Start;End")

    assert report.imported == 1


def test_the_same_roster_again_changes_nothing_and_a_longer_shift_is_updated(anna, imported):
    imported("anna@example.test;24.11.2026;09:00;18:00")
    again = imported("anna@example.test;24.11.2026;09:00;18:00")
    longer = imported("anna@example.test;24.11.2026;09:00;20:00")

    assert (again.imported, again.unchanged) == (0, 1)
    assert (longer.updated, Shift.objects.count()) == (1, 1)


def test_a_dry_run_of_a_roster_writes_nothing(anna, imported):
    report = imported("anna@example.test;24.11.2026;09:00;18:00", dry_run=True)

    assert report.imported == 1
    assert not Shift.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        "anna@example.test;24.11.2026;10:00;19:00",
        "nobody@example.test;25.11.2026;09:00;18:00",
        "anna@example.test;25.11.2026;9 утра;18:00",
        "anna@example.test;25.11.2026;25:00;18:00",
        "anna@example.test;01.01.2001;09:00;18:00",
        "anna@example.test;24.11.2026;09:00;18:00",
        ";25.11.2026;09:00;18:00",
    ],
)
def test_one_wrong_row_keeps_the_whole_roster_out(anna, imported, row):
    report = imported("anna@example.test;24.11.2026;09:00;18:00", row)

    assert [error.line for error in report.refused] == [3]
    assert not Shift.objects.exists()


def test_a_shift_that_overlaps_one_on_record_is_refused(anna, imported):
    imported("anna@example.test;24.11.2026;09:00;18:00")

    report = imported("anna@example.test;24.11.2026;12:00;20:00")

    assert report.refused
    assert Shift.objects.count() == 1


def test_the_command_prints_figures_and_fails_on_a_wrong_row(anna, tmp_path):
    path = tmp_path / "shifts.csv"
    path.write_text(HEAD + "\nanna@example.test;24.11.2026;09:00;18:00\n")
    out = io.StringIO()

    call_command("import_shifts", path, "--json", stdout=out)
    assert json.loads(out.getvalue())["imported"] == 1

    path.write_text(HEAD + "\nnobody@example.test;24.11.2026;09:00;18:00\n")
    with pytest.raises(CommandError):
        call_command("import_shifts", path, stdout=io.StringIO(), stderr=io.StringIO())
