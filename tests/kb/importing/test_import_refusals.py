"""Bad files and bad rows: one clear sentence with its line, and nothing half written."""

import gzip
import json
import os

import pytest

from kb.importing import jsonl as reader
from kb.importing.documents import SourceUnreadable
from kb.importing.sources import source_of
from kb.models import ArticlePage, SectionPage
from tests.kb.importing.conftest import row

pytestmark = pytest.mark.django_db

GOOD = json.dumps(row(1), ensure_ascii=False).encode() + b"\n"


def refuse_file(bring_in, path, words: str) -> None:
    """The whole file is refused with a sentence that has ``words``, and nothing is written."""
    with pytest.raises(SourceUnreadable, match=words):
        bring_in(path)
    assert not ArticlePage.objects.exists()
    assert not SectionPage.objects.filter(title="Телефония").exists()


def refuse_row(bring_in, path, line: int, words: str) -> None:
    """One row is refused by its line, the good one goes in."""
    report = bring_in(path)
    assert [problem.line for problem in report.refused] == [line]
    assert words in report.refused[0].reason
    assert list(ArticlePage.objects.values_list("source_id", flat=True)) == ["row-1"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceUnreadable, match="does not exist"):
        source_of(tmp_path / "nothing.jsonl")


def test_a_file_without_a_right_to_read_is_named(bring_in, jsonl, monkeypatch):
    path = jsonl(row(1))

    def denied(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reader, "_opened", denied)
    refuse_file(bring_in, path, "cannot be read: Permission denied")


def test_an_empty_file_is_refused(bring_in, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"")
    refuse_file(bring_in, path, "is empty")


def test_a_file_that_is_no_gzip_is_refused(bring_in, tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(GOOD)
    refuse_file(bring_in, path, "is not a gzip file")


def test_half_a_gzip_file_is_refused_before_anything_is_written(bring_in, tmp_path):
    path = tmp_path / "a.jsonl.gz"
    rows = b"".join(
        json.dumps(row(number, body=os.urandom(300).hex())).encode() + b"\n" for number in range(99)
    )
    content = gzip.compress(rows)
    path.write_bytes(content[: len(content) // 2])
    refuse_file(bring_in, path, "ends in the middle")


def test_a_file_in_windows_1251_is_refused_with_its_line(bring_in, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD + json.dumps(row(2), ensure_ascii=False).encode("cp1251") + b"\n")
    refuse_file(bring_in, path, "Line 2 of a.jsonl is not UTF-8")


def test_a_file_that_unpacks_without_end_is_refused(bring_in, tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MAX_UNPACKED", 1000)
    monkeypatch.setattr(reader, "MAX_LINE", 100)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b" " * 5000))
    refuse_file(bring_in, path, "larger than")


def test_a_folder_that_holds_nothing_readable_is_refused(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text("text")
    with pytest.raises(SourceUnreadable, match="nothing that can be read"):
        source_of(tmp_path / "x")


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b'{"id": "x", "title": ', "not JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b"[" * 100_000, "nested too deeply"),
        (json.dumps(row(1)).encode(), "already in row 1"),
        (json.dumps(row(2, id="")).encode(), "“id” is missing"),
        (json.dumps(row(2, id="x" * 300)).encode(), "longer than 255"),
        (json.dumps(row(2, title=" ")).encode(), "“title” is missing"),
        (json.dumps(row(2, title={"a": 1})).encode(), "must be text"),
        (json.dumps(row(2, body=None)).encode(), "“body” is missing"),
        (json.dumps(row(2, body=["a"])).encode(), "must be text"),
        (json.dumps(row(2, lang="de")).encode(), "Unknown language “de”"),
        (json.dumps(row(2, audience="everybody")).encode(), "Unknown audience"),
        (json.dumps(row(2, audience="teams")).encode(), "cannot be imported"),
        (json.dumps(row(2, kind="poem")).encode(), "Unknown kind"),
        (json.dumps(row(2, section={"a": 1})).encode(), "list of titles"),
        (json.dumps(row(2, section=[str(n) for n in range(11)])).encode(), "levels of sections"),
        (json.dumps(row(2, headings="x")).encode(), "must be a list"),
        (json.dumps(row(2, review_days="soon")).encode(), "whole number of days"),
        (json.dumps(row(2, format="rtf")).encode(), "Unknown format"),
    ],
)
def test_a_bad_row_is_refused_by_its_line_and_the_rest_goes_in(bring_in, tmp_path, bad, words):
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD + b"\n" + bad + b"\n")
    refuse_row(bring_in, path, 3, words)


def test_a_row_that_is_too_long_is_refused_and_the_next_one_is_read(
    bring_in, tmp_path, monkeypatch
):
    monkeypatch.setattr(reader, "MAX_LINE", 2000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps(row(2, body="x" * 9000)).encode() + b"\n" + GOOD)
    refuse_row(bring_in, path, 1, "longer than")


def test_a_last_row_cut_in_half_is_refused_and_the_rest_goes_in(bring_in, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD + json.dumps(row(2)).encode()[:40])
    refuse_row(bring_in, path, 2, "not JSON")


def test_a_mark_at_the_beginning_of_the_file_does_no_harm(bring_in, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD)
    assert bring_in(path).imported == 1


def test_characters_no_text_has_are_dropped(bring_in, jsonl, article_of):
    bring_in(
        jsonl(row(1, title="Ноль\u0000 тут", body="Текст\u0000 и\u0007 звонок, целое предложение."))
    )

    article = article_of("row-1")
    assert article.title == "Ноль тут"
    assert "\u0000" not in str(article.body.raw_data[0]["value"])


def test_a_title_that_is_too_long_is_cut_and_said(bring_in, jsonl, article_of):
    report = bring_in(jsonl(row(1, title="Слово " * 60)))

    assert len(article_of("row-1").title) <= 255
    assert "was cut" in report.degraded[0].reason


def test_an_unknown_owner_is_said_and_the_article_comes_in(bring_in, jsonl, article_of, editor):
    report = bring_in(jsonl(row(1, owner="nobody")), owner=editor)

    assert "“nobody” is not known" in report.degraded[0].reason
    assert article_of("row-1").content_owner == editor
