"""Reading tables: encodings, separators, damaged, oversize and hostile files."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from people.importing import tables, workbooks
from people.importing.tables import UnreadableFile, read_path, read_table

HEAD = "E-mail;Имя и фамилия\n"


def workbook(*rows, sheets=("Лист1",)) -> bytes:
    """An XLSX file with ``rows`` on its first sheet."""
    book = Workbook()
    book.active.title = sheets[0]
    for name in sheets[1:]:
        book.create_sheet(name)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_with_and_without_a_mark_and_with_any_separator(mark, separator):
    text = f"E-mail{separator}Имя\r\nanna@example.test{separator}Анна\r\n"

    table = read_table(mark + text.encode(), name="people.csv")

    assert table.headings == ("E-mail", "Имя")
    assert table.rows == [(2, ("anna@example.test", "Анна"))]


def test_rows_keep_the_numbers_a_spreadsheet_shows():
    table = read_table((HEAD + "\n\na@b.test;А\n").encode(), name="people.csv")

    assert [line for line, _cells in table.rows] == [4]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "пуст"),
        ((HEAD + "a@b.test;Анна").encode("cp1251"), "Windows-1251"),
        ((HEAD + "a@b.test;Анна").encode("utf-16"), "UTF-16"),
        (b"a;b\n\x00;c\n", "NUL"),
        (b"a;b\n\xc3\x28;c\n\x80\x81\n", "UTF-8"),
        (b'a;b\n"open;c\n', "кавычки"),
        (b"\xd0\xcf\x11\xe0old", ".xls"),
        (b"PK\x03\x04half a workbook", "xlsx"),
        (workbook(["a", "b"], ["c", "d"])[:2000], "xlsx"),
        (HEAD.encode(), "строк"),
    ],
    ids=["empty", "cp1251", "utf16", "nul", "bytes", "quote", "xls", "zip", "half", "headings"],
)
def test_a_file_that_cannot_be_read_says_why(content, words):
    with pytest.raises(UnreadableFile) as refused:
        read_table(content, name="people.csv")

    assert words in str(refused.value)


def test_a_row_that_was_cut_short_is_an_error_with_its_number():
    table = read_table((HEAD + "a@b.test;А\nb@b.te").encode(), name="people.csv")

    assert [(error.line) for error in table.errors] == [3]


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(UnreadableFile, match=r"nowhere\.csv"):
        read_path(tmp_path / "nowhere.csv")
    with pytest.raises(UnreadableFile):
        read_path(tmp_path)


def test_a_file_over_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    path = tmp_path / "people.csv"
    path.write_text(HEAD + "a@b.test;А\n")

    with pytest.raises(UnreadableFile, match="МБ"):
        read_path(path)


def test_a_million_rows_are_refused():
    content = ("E-mail\n" + "a@b.test\n" * 1_000_000).encode()

    with pytest.raises(UnreadableFile, match="20000"):
        read_table(content, name="people.csv")


def test_an_endless_cell_is_an_error_of_its_row():
    table = read_table((HEAD + "a@b.test;" + "я" * 2000).encode(), name="people.csv")

    assert [error.line for error in table.errors] == [2]


def test_a_workbook_gives_real_dates_and_whole_numbers():
    day = datetime.datetime(2026, 11, 2)  # noqa: DTZ001
    table = read_table(workbook(["Табельный номер", "Принят"], [17.0, day]), name="people.xlsx")

    assert table.rows == [(2, ("17", day))]


def test_another_sheet_is_read_by_name_and_an_unknown_one_is_refused():
    content = workbook(["a"], ["b"], sheets=("Лист1", "Штат"))

    with pytest.raises(UnreadableFile):
        read_table(content, name="people.xlsx", sheet="Штат")
    with pytest.raises(UnreadableFile, match="Штат"):
        read_table(content, name="people.xlsx", sheet="Штад")


def test_a_formula_is_not_evaluated_and_not_taken_for_a_value():
    table = read_table(workbook(["a"], ["=1+1"]), name="people.xlsx")

    assert isinstance(table.rows[0][1][0], workbooks.Formula)


def test_a_workbook_that_swells_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 20_000_000)

    with pytest.raises(UnreadableFile, match="распаков"):
        read_table(out.getvalue(), name="people.xlsx")


def test_entities_in_a_workbook_are_not_expanded():
    content = workbook(["a"], ["b"])
    source = zipfile.ZipFile(io.BytesIO(content))
    out = io.BytesIO()
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith(("sheet1.xml", "workbook.xml")):
                text = data.decode()
                data = (
                    bomb + text[text.index("?>") + 2 :] if "?>" in text else bomb + text
                ).encode()
            archive.writestr(name, data)

    with pytest.raises(UnreadableFile):
        read_table(out.getvalue(), name="people.xlsx")
