"""The command: what it prints, and how it ends."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from kb.importing.progress import Shown
from kb.management.commands import import_articles
from kb.models import ArticlePage
from tests.kb.importing.conftest import row

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    """Call the command; what it printed, and on which stream."""

    def _run(*arguments: str) -> tuple[str, str]:
        out, err = io.StringIO(), io.StringIO()
        call_command("import_articles", *arguments, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return _run


def test_it_prints_the_figures(run, jsonl):
    out, _err = run(str(jsonl(row(1), row(2))))

    assert "Imported 2, updated 0, unchanged 0, refused 0." in out


def test_json_is_all_that_is_printed(run, jsonl):
    out, _err = run(str(jsonl(row(1, pair="row-9"))), "--json")

    result = json.loads(out)
    assert list(result) == ["imported", "updated", "unchanged", "degraded", "refused"]
    assert result["imported"] == 1
    assert result["degraded"][0]["line"] == 1


def test_refused_rows_are_listed_and_end_with_an_exit_code(jsonl, tmp_path):
    path = jsonl(row(1), row(2, lang="de"))
    out = io.StringIO()

    with pytest.raises(CommandError) as error:
        call_command("import_articles", str(path), stdout=out, stderr=io.StringIO())

    assert error.value.returncode == 3
    assert "row 2: Unknown language “de”" in out.getvalue()
    assert ArticlePage.objects.count() == 1


def test_an_unreadable_file_is_one_sentence(run, tmp_path):
    with pytest.raises(CommandError, match=r"does not exist\.$") as error:
        run(str(tmp_path / "nothing.jsonl"))
    assert error.value.returncode == 1


def test_an_unknown_owner_is_refused_before_anything_is_read(run, jsonl):
    with pytest.raises(CommandError, match=r"no employee with the e-mail nobody@example\.test"):
        run(str(jsonl(row(1))), "--owner", "nobody@example.test")
    assert not ArticlePage.objects.exists()


def test_the_owner_is_found_by_address_in_any_case(run, jsonl, editor):
    run(str(jsonl(row(1))), "--owner", editor.user.email.upper())

    assert ArticlePage.objects.get().content_owner == editor


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("no such table: people_employee"), "run “manage.py migrate”"),
        (OperationalError("connection failed: Connection refused"), "cannot be reached"),
    ],
)
def test_a_missing_database_is_one_sentence(run, jsonl, monkeypatch, error, words):
    def fail():
        raise error

    monkeypatch.setattr(import_articles, "_colleagues", fail)
    with pytest.raises(CommandError, match=words):
        run(str(jsonl(row(1))))


def test_an_unknown_audience_is_refused(run, jsonl):
    with pytest.raises(CommandError, match="invalid choice"):
        run(str(jsonl(row(1))), "--audience", "everybody")


def test_a_dry_run_says_so_and_writes_nothing(run, jsonl):
    out, _err = run(str(jsonl(row(1))), "--dry-run")

    assert "Imported 1" in out
    assert "nothing was written" in out
    assert not ArticlePage.objects.exists()


def test_asking_for_an_audience_later_says_that_it_stays(run, jsonl):
    path = str(jsonl(row(1)))
    run(path)

    _out, err = run(path, "--audience", "public")

    assert "1 article keeps the audience" in err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_one_line_that_moves():
    stream = Terminal()
    shown = Shown(stream)
    shown.stage("Articles", 4)
    shown.advance(2)
    shown.advance(4)
    shown.finish()

    assert stream.getvalue().count("\n") == 1
    assert "\r" in stream.getvalue()
    assert "4/4" in stream.getvalue()


def test_a_file_gets_plain_lines_at_every_tenth():
    stream = io.StringIO()
    shown = Shown(stream)
    shown.stage("Articles", 1000)
    for done in range(1, 1001):
        shown.advance(done)
    shown.finish()

    assert stream.getvalue().count("\n") == 10
    assert "\r" not in stream.getvalue()
