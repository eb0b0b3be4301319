"""Levels declared at the start, from a file."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from competence.models import CompetenceEvent


@pytest.fixture
def load(tmp_path):
    """``load("anna@example.test;Тарифы;1")``: run the command on a file with these rows, give its figures."""

    def _load(*rows, **options):
        path = tmp_path / "levels.csv"
        path.write_text("\n".join(["Сотрудник;Компетенция;Уровень", *rows]), encoding="utf-8")
        out = io.StringIO()
        try:
            call_command("import_levels", path, json=True, stdout=out, **options)
        except CommandError:
            return json.loads(out.getvalue())
        return json.loads(out.getvalue())

    return _load


ROW = "anna@example.test;ip-телефония;2"


def test_a_level_is_declared_by_the_lead(anna, sergey, telephony, require, load, cell_of):
    require(telephony)

    assert load(ROW)["imported"] == 1
    assert CompetenceEvent.objects.get().actor == sergey.user
    assert cell_of(anna, telephony).state == "current"


def test_a_second_run_writes_nothing_new(anna, sergey, telephony, load):
    load(ROW)

    assert load(ROW) | {"dry_run": False} == {
        "imported": 0,
        "updated": 0,
        "unchanged": 1,
        "degraded": [],
        "refused": [],
        "dry_run": False,
    }
    assert CompetenceEvent.objects.count() == 1


def test_a_dry_run_prints_the_same_figures_and_writes_nothing(anna, sergey, telephony, load):
    assert load(ROW, dry_run=True)["imported"] == 1
    assert not CompetenceEvent.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        "nobody@example.test;IP-телефония;2",
        "anna@example.test;Нет такой;2",
        "anna@example.test;IP-телефония;5",
        "anna@example.test;IP-телефония;",
        "anna@example.test;IP-телефония;два",
    ],
)
def test_one_bad_row_and_nothing_is_written(row, anna, denis, sergey, telephony, load):
    report = load("denis@example.test;IP-телефония;1", row)

    assert [error["line"] for error in report["refused"]] == [3]
    assert not CompetenceEvent.objects.exists()


def test_the_same_cell_twice_is_refused_by_its_row(anna, sergey, telephony, load):
    assert [error["line"] for error in load(ROW, ROW)["refused"]] == [3]


def test_another_level_than_the_declared_one_is_refused(anna, sergey, telephony, load):
    load(ROW)

    assert load(ROW[:-1] + "1")["refused"][0]["line"] == 2


def test_somebody_without_a_lead_is_refused(anna, telephony, load):
    assert load(ROW)["refused"]
