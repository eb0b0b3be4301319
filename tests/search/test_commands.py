"""The commands of search: evaluation, rebuilding."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import ablation, indexing
from search.engines.filelock import FileLock
from search.evaluation import Evaluation, Question, percentile

pytestmark = pytest.mark.django_db


def evaluate(path, *options) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("evaluate_search", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def queries(tmp_path, write_article):
    """A file of queries over two articles."""
    write_article("Перенос номера", publish=True, source_id="a1")
    write_article("Роуминг", publish=True, source_id="b2")
    write_article("Roaming", publish=True, source_id="c3", language="en")
    rows = [
        {"cls": "title", "q": "перенос номера", "rel": ["a1"]},
        {"cls": "title", "q": "роуминг", "rel": ["zz"]},
        {"cls": "typo", "q": "роумнг", "rel": ["b2"]},
        {"cls": "xlang_ru2en", "q": "роуминг", "rel": ["c3"], "lang_filter": "en"},
    ]
    path = tmp_path / "queries.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n")
    return path


def test_evaluation_prints_measures_by_class_and_their_mean(queries):
    report = json.loads(evaluate(queries, "--json"))

    assert report["classes"]["title"] == {
        "n": 2,
        "mrr@10": 0.5,
        "success@1": 0.5,
        "recall@10": 0.5,
    }
    assert report["classes"]["typo"]["mrr@10"] == 1
    assert report["macro"] == {"mrr@10": 0.75, "success@1": 0.75, "recall@10": 0.75}
    assert set(report["latency_ms"]) == {"p50", "p95", "p99"}


def test_evaluation_can_be_read_by_people(queries):
    assert "macro" in evaluate(queries)


def test_a_language_filter_of_a_query_is_honoured(queries):
    report = json.loads(evaluate(queries, "--json"))

    assert report["classes"]["xlang_ru2en"]["mrr@10"] == 0


def test_a_step_can_be_left_out_and_is_back_afterwards(queries):
    without = json.loads(evaluate(queries, "--json", "--without", "typo, layout"))

    assert without["classes"]["typo"]["mrr@10"] == 0
    assert json.loads(evaluate(queries, "--json"))["classes"]["typo"]["mrr@10"] == 1


def test_the_table_of_steps_names_each_with_what_it_is_worth(queries):
    table = evaluate(queries, "--ablation")

    assert "| nothing | 0.750 | |" in table
    assert "| typo | 0.250 | typo 1.00 to 0.00 |" in table
    assert all(f"| {name} |" in table for name in ablation.STEPS)


def test_an_unknown_step_is_named_with_those_there_are(queries):
    with pytest.raises(CommandError, match=r"“spelling”; there are layout, sound, typo"):
        evaluate(queries, "--without", "spelling")


@pytest.mark.parametrize(
    "line", ["not json", "[]", '{"cls": "title"}', '{"cls":"t","q":"a","rel":5}']
)
def test_a_line_that_is_no_query_is_named(tmp_path, db, line):
    path = tmp_path / "queries.jsonl"
    path.write_text('{"cls": "t", "q": "a", "rel": []}\n' + line + "\n")

    with pytest.raises(CommandError, match="line 2"):
        evaluate(path)


def test_a_missing_file_is_one_sentence(tmp_path, db):
    with pytest.raises(CommandError, match="cannot be read"):
        evaluate(tmp_path / "nothing.jsonl")


def test_rebuilding_says_how_much_it_did(write_article):
    write_article("Роуминг", publish=True)
    out = StringIO()

    call_command("rebuild_search", stdout=out)

    assert "Indexed 1 articles" in out.getvalue()


def test_a_second_rebuild_at_once_is_refused(write_article):
    lock = FileLock(indexing.engine().root / "rebuild.lock")

    with lock.hold(wait=True), pytest.raises(CommandError, match="already"):
        call_command("rebuild_search", stdout=StringIO())


def test_only_the_first_right_answer_counts_and_only_among_ten():
    evaluation = Evaluation()
    question = Question("title", "q", frozenset({"a", "b"}))
    evaluation.add(question, ["x", "b", "a"], 1.0)
    evaluation.add(question, ["x"] * 10 + ["a"], 3.0)

    row = evaluation.report()["classes"]["title"]

    assert row == {"n": 2, "mrr@10": 0.25, "success@1": 0.0, "recall@10": 0.5}


def test_percentiles_are_values_that_occurred():
    assert percentile([3, 1, 2], 50) == 2
    assert percentile([1], 99) == 1
    assert percentile([], 50) == 0
