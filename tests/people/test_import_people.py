"""Importing people: all rows or none, every complaint at once, a second run changes nothing."""

import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from people.importing.people_import import import_people
from people.importing.tables import UnreadableFile, read_table
from people.models import Assignment, Employee, Position, Team, User
from people.roles import Role
from people.selectors import assignment_on
from people.services.accounts import roles_of

HEAD = "E-mail;Имя и фамилия;Таб. номер;Команда;Должность;Наставник;Принят;Уволен;Роли"
ZOYA = "zoya@example.test;Зоя Лапина;101;Линия 1;Оператор;gleb@example.test;02.11.2026;;оператор"
GLEB = "gleb@example.test;Глеб Панов;102;Линия 2;Оператор;;2024-03-01;;Оператор, наставник"


@pytest.fixture(autouse=True)
def _place(line_one, line_two, position):
    """The teams and the position that the files name."""


@pytest.fixture
def imported(now):
    """Import rows under the usual headings: ``imported(ZOYA, by=…)`` gives the report."""

    def _imported(*rows: str, head: str = HEAD, by=None, **options):
        content = "\n".join([head, *rows]).encode()
        return import_people(read_table(content, name="people.csv"), by=by, now=now, **options)

    return _imported


def reasons(report) -> list[tuple[int, str]]:
    """The complaints as line and text."""
    return [(error.line, error.reason) for error in report.refused]


def test_people_get_their_place_roles_and_mentor(imported):
    report = imported(ZOYA, GLEB)

    zoya = Employee.objects.get(external_id="101")
    assert (report.imported, report.updated, report.unchanged) == (2, 0, 0)
    assert zoya.mentor.full_name == "Глеб Панов"
    assert zoya.hired_on == datetime.date(2026, 11, 2)
    assert assignment_on(zoya, zoya.hired_on).team.name == "Линия 1"
    assert roles_of(zoya.mentor.user) == {Role.OPERATOR, Role.MENTOR}


def test_a_dry_run_prints_the_same_figures_and_writes_nothing(imported):
    dry = imported(ZOYA, GLEB, dry_run=True)
    assert not Employee.objects.exists()
    wet = imported(ZOYA, GLEB)

    assert (dry.imported, dry.updated, dry.unchanged) == (wet.imported, wet.updated, wet.unchanged)


def test_the_same_file_again_changes_nothing(imported):
    imported(ZOYA, GLEB)
    before = list(Assignment.objects.values())

    report = imported(ZOYA, GLEB)

    assert (report.imported, report.updated, report.unchanged) == (0, 0, 2)
    assert list(Assignment.objects.values()) == before


def test_a_second_run_updates_by_personnel_number_even_with_another_address(imported, today):
    imported(ZOYA, GLEB)

    report = imported(ZOYA.replace("zoya@", "z.lapina@").replace("Линия 1", "Линия 2"), GLEB)

    zoya = Employee.objects.get(external_id="101")
    assert (report.updated, report.unchanged) == (1, 1)
    assert zoya.user.email == "z.lapina@example.test"
    assert assignment_on(zoya, max(today, zoya.hired_on)).team.name == "Линия 2"


def test_without_a_number_people_are_known_by_address_whatever_its_case(imported):
    imported(ZOYA, GLEB)

    report = imported("ZOYA@Example.test;Зоя Панова", head="E-mail;Имя и фамилия")

    assert report.updated == 1
    assert Employee.objects.get(external_id="101").full_name == "Зоя Панова"


def test_columns_that_are_not_there_change_nothing(imported):
    imported(ZOYA, GLEB)

    report = imported("zoya@example.test", head="E-mail")

    assert report.unchanged == 1
    assert Employee.objects.get(external_id="101").mentor is not None


def test_an_empty_mentor_takes_the_mentor_away(imported):
    imported(ZOYA, GLEB)
    imported("zoya@example.test;", head="E-mail;Наставник")

    assert Employee.objects.get(external_id="101").mentor is None


def test_an_unknown_position_names_the_row_and_the_nearest_one(imported):
    report = imported(ZOYA.replace("Оператор;", "Опертор;"), GLEB)

    assert reasons(report) == [(2, "нет должности «Опертор»; может быть, «Оператор»?")]
    assert str(report.refused[0]).startswith("Строка 2: ")
    assert not Employee.objects.exists()


def test_all_complaints_come_at_once(imported):
    report = imported(
        "no address;Зоя;;Линия 1;Оператор;;02.11.2026;;",
        "b@example.test;Борис;;Линия 9;Оператор;;32.11.2026;;",
        "c@example.test;Вера;;Линия 1;Оператор;nobody@example.test;02.11.2026;01.11.2026;шеф",
    )

    assert {error.line for error in report.refused} == {2, 3, 4}
    assert len(report.refused) >= 4


def test_missing_teams_and_positions_are_created_only_when_asked_for(imported):
    row = "a@example.test;Анна Орлова;1;Линия 3;Стажёр;;02.11.2026;;;Поддержка"
    head = HEAD + ";Входит в"

    assert reasons(imported(row, head=head))
    report = imported(row, head=head, create_missing=True)

    assert (report.new_teams, report.new_positions) == (("Линия 3",), ("Стажёр",))
    assert Team.objects.get(name="Линия 3").parent.name == "Поддержка"
    assert Position.objects.filter(name="Стажёр").exists()


def test_a_team_is_not_created_inside_itself(imported):
    head = "E-mail;Имя и фамилия;Команда;Входит в;Должность;Принят"
    report = imported(
        "a@example.test;Анна Орлова;Юг;Север;Оператор;02.11.2026",
        "b@example.test;Борис Орлов;Север;Юг;Оператор;02.11.2026",
        head=head,
        create_missing=True,
    )

    assert {error.line for error in report.refused} == {2, 3}
    assert not Team.objects.filter(name="Юг").exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ZOYA.replace("zoya@", "zоya@"), "не латинская буква"),
        (ZOYA.replace("Зоя", "3оя").replace("Лапина", "Лaпина"), "латинские и русские"),
        (ZOYA.replace("Зоя Лапина", "=HYPERLINK(1)"), "формул"),
        (ZOYA.replace("Зоя Лапина", "Зоя\u200bЛапина"), "невидимые"),
        (ZOYA.replace("02.11.2026", "11/02/2026"), "не дата"),
        (ZOYA.replace("02.11.2026", "02.11.1826"), "год"),
        (ZOYA.replace(";;оператор", ";01.10.2026;оператор"), "раньше первого"),
        (ZOYA.replace("gleb@", "zoya@"), "сам себе"),
        (ZOYA.replace("gleb@", "nobody@"), "нет наставника"),
        (ZOYA.replace("оператор", "опиратор"), "нет роли"),
        (ZOYA.replace("Зоя Лапина", ""), "имя"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(imported, row, words):
    report = imported(row, GLEB)

    assert report.refused
    assert report.refused[0].line == 2
    assert any(words in error.reason for error in report.refused), reasons(report)
    assert not Employee.objects.exists()


@pytest.mark.parametrize(
    "twin", ["ZOYA@example.TEST;Зоя Другая;999", "other@example.test;Зоя Другая;101"]
)
def test_a_person_does_not_stand_in_a_file_twice(imported, twin):
    report = imported(ZOYA, GLEB, twin + ";Линия 1;Оператор;;02.11.2026;;")

    assert [error.line for error in report.refused] == [4]
    assert "строке 2" in report.refused[0].reason


def test_mentors_do_not_go_round_in_a_circle(imported):
    report = imported(ZOYA, GLEB.replace("Оператор;;", "Оператор;zoya@example.test;"))

    assert {error.line for error in report.refused} == {2, 3}


def test_mentors_may_change_places_in_one_file(imported):
    imported(ZOYA, GLEB)

    imported("gleb@example.test;zoya@example.test", "zoya@example.test;", head="E-mail;Наставник")

    assert Employee.objects.get(external_id="102").mentor.external_id == "101"
    assert Employee.objects.get(external_id="101").mentor is None


def test_a_number_and_an_address_of_two_people_are_refused(imported):
    imported(ZOYA, GLEB)

    report = imported(ZOYA.replace("zoya@", "gleb@").replace(";gleb@example.test;", ";;"))

    assert [error.line for error in report.refused] == [2]


def test_the_address_of_a_login_without_an_employee_is_refused(imported, superuser):
    report = imported(ZOYA.replace("zoya@", "root@"), GLEB)

    assert [error.line for error in report.refused] == [2]


def test_somebody_with_a_last_day_behind_them_cannot_sign_in(imported):
    imported(GLEB.replace("2024-03-01;;", "2024-03-01;2025-01-31;"))

    gleb = Employee.objects.get(external_id="102")
    assert gleb.left_on == datetime.date(2025, 1, 31)
    assert not gleb.user.is_active


def test_nobody_leaves_by_file_while_something_must_be_handed_over(imported, line_one):
    imported(ZOYA, GLEB)
    line_one.lead = Employee.objects.get(external_id="101")
    line_one.save()

    report = imported("zoya@example.test;30.11.2026", head="E-mail;Уволен")

    assert "Линия 1" in report.refused[0].reason
    assert Employee.objects.get(external_id="101").left_on is None


def test_the_first_day_is_corrected_with_the_assignment_that_began_on_it(imported):
    imported(ZOYA, GLEB)
    imported("zoya@example.test;05.11.2026", head="E-mail;Принят")

    zoya = Employee.objects.get(external_id="101")
    assert zoya.hired_on == datetime.date(2026, 11, 5)
    assert zoya.assignments.get().starts_on == datetime.date(2026, 11, 5)


def test_hr_does_not_make_administrators_by_file(imported, hr, administrator):
    row = ZOYA.replace(";оператор", ";администратор").replace("gleb@example.test", "")

    assert imported(row, by=hr.user).refused
    assert imported(row, by=administrator.user).imported == 1


def test_hr_does_not_change_the_address_of_an_administrator_by_file(imported, hr, administrator):
    administrator.external_id = "7"
    administrator.save()

    report = imported("mine@example.test;7", head="E-mail;Таб. номер", by=hr.user)

    assert [error.line for error in report.refused] == [2]
    assert User.objects.get(pk=administrator.user_id).email == "administrator@example.test"


def test_a_misspelt_heading_is_refused_with_the_right_one(imported):
    with pytest.raises(UnreadableFile, match="наставник"):
        imported(ZOYA, head=HEAD.replace("Наставник", "Наставнк"))


def test_two_columns_of_one_meaning_are_refused(imported):
    with pytest.raises(UnreadableFile):
        imported("a@b.test;a@b.test", head="E-mail;Логин")


def test_a_column_nobody_asked_for_is_named(imported):
    report = imported(ZOYA + ";42", GLEB + ";43", head=HEAD + ";Размер обуви")

    assert report.ignored == ("Размер обуви",)
    assert report.imported == 2


def test_english_headings_and_separate_names_are_understood(imported):
    report = imported(
        "zoya@example.test;Лапина;Зоя;Линия 1;Оператор;2026-11-02;mentor;en;Asia/Omsk",
        head="E-mail;Last name;First name;Team;Position;Hired on;Roles;Language;Time zone",
    )

    zoya = Employee.objects.get()
    assert report.imported == 1
    assert (zoya.full_name, zoya.user.first_name, zoya.zone) == ("Зоя Лапина", "Зоя", "Asia/Omsk")


def test_a_workbook_with_real_dates_is_imported(tmp_path):
    book = Workbook()
    book.active.append(["E-mail", "ФИО", "Команда", "Должность", "Дата приёма"])
    day = datetime.date(2026, 11, 2)
    book.active.append(["zoya@example.test", "Лапина Зоя Петровна", "Линия 1", "Оператор", day])
    book.save(tmp_path / "people.xlsx")

    call_command("import_people", tmp_path / "people.xlsx", stdout=io.StringIO())

    zoya = Employee.objects.get()
    assert (zoya.hired_on, zoya.user.first_name) == (day, "Зоя")


def test_the_command_refuses_with_rows_and_writes_nothing(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(HEAD + "\n" + ZOYA.replace("Оператор;", "Оп. 1;"))
    complaints = io.StringIO()

    with pytest.raises(CommandError, match="Ничего не записано"):
        call_command("import_people", path, stdout=io.StringIO(), stderr=complaints)

    assert "Строка 2: нет должности «Оп. 1»" in complaints.getvalue()
    assert not Employee.objects.exists()


def test_the_command_prints_json_figures(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("\n".join([HEAD, ZOYA, GLEB]))
    out = io.StringIO()

    call_command("import_people", path, "--json", "--dry-run", stdout=out)

    figures = json.loads(out.getvalue())
    assert figures["imported"] == 2
    assert figures["dry_run"] is True
    assert figures["refused"] == []
    assert not Employee.objects.exists()


def test_an_unreadable_file_is_one_sentence_and_a_failure(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes((HEAD + "\n" + ZOYA).encode("cp1251"))

    with pytest.raises(CommandError, match=r"Windows-1251.*Ничего не записано"):
        call_command("import_people", path)


def test_a_database_that_takes_no_more_is_one_sentence_and_nothing_half_written(tmp_path):
    from django.db import connection

    path = tmp_path / "people.csv"
    path.write_text("\n".join([HEAD, ZOYA, GLEB]))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_assignment RENAME TO people_assignment_gone")

    with pytest.raises(CommandError, match="Ничего не записано"):
        call_command("import_people", path, stdout=io.StringIO())
