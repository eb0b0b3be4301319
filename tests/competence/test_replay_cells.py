"""The command: lines in, answers out, bad lines refused by number."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.competence.histories import case, quiz


def written(tmp_path, *lines):
    """A file of lines; what is no text is written as JSON."""
    file = tmp_path / "cases.jsonl"
    texts = [one if isinstance(one, str) else json.dumps(one) for one in lines]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return str(file)


def replay(*arguments, **options):
    """The answers, one per line."""
    out = io.StringIO()
    call_command("replay_cells", *arguments, stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


GOOD = case(quiz("2026-03-03"), on="2026-03-14")


def test_one_answer_per_day_asked_in_the_order_asked(tmp_path):
    asked = GOOD | {"ask": ["2026-09-04", {"on": "2026-03-14", "known": "2026-05-20"}]}
    assert replay(written(tmp_path, asked)) == [
        {
            "case": "one",
            "on": "2026-09-04",
            "known": "2026-09-04",
            "level": 0,
            "until": None,
            "state": "lapsed",
            "check_by": None,
            "gate": "shut",
            "why": "Нельзя: знания были подтверждены до 3 сентября 2026.",
        },
        {
            "case": "one",
            "on": "2026-03-14",
            "known": "2026-05-20",
            "level": 2,
            "until": "2026-09-03",
            "state": "current",
            "check_by": None,
            "gate": "open",
            "why": "Можно: уровень 2, действует до 3 сентября 2026.",
        },
    ]


def test_the_sentences_are_english_when_asked(tmp_path):
    found = replay(written(tmp_path, GOOD), language="en")
    assert found[0]["why"] == "May: level 2, valid until 3 September 2026."


def test_cases_are_read_from_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(GOOD) + "\n\n"))
    assert len(replay("-")) == 1


def test_good_lines_are_answered_and_bad_ones_named_by_number(tmp_path):
    bad = GOOD | {"events": [{"on": "2026-03-03", "type": "dance"}]}
    out = io.StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("replay_cells", written(tmp_path, GOOD, "", bad, "{", GOOD), stdout=out)
    assert len(out.getvalue().splitlines()) == 2
    sentences = str(refusal.value).splitlines()
    assert sentences[0] == "line 3: event 1: there is no type “dance”"
    assert sentences[1].startswith("line 4: this is no JSON")
    assert len(sentences) == 2


def test_bytes_that_are_no_utf8_spoil_only_their_own_line(tmp_path):
    file = tmp_path / "cases.jsonl"
    good = json.dumps(GOOD).encode()
    file.write_bytes(good + b"\n" + good.replace(b'"case": "', b'"case": "\xff') + b"\n" + good)
    out = io.StringIO()
    with pytest.raises(CommandError, match="line 2: these bytes are no UTF-8"):
        call_command("replay_cells", str(file), stdout=out)
    assert len(out.getvalue().splitlines()) == 2


def test_other_figures_can_be_tried(tmp_path):
    figures = tmp_path / "figures.json"
    figures.write_text('{"knowledge_months": 9}')
    assert replay(written(tmp_path, GOOD), figures=str(figures))[0]["until"] == "2026-12-03"
    figures.write_text('{"luck": 9}')
    with pytest.raises(CommandError, match="there is no figure “luck”"):
        replay(written(tmp_path, GOOD), figures=str(figures))
    figures.write_text('{"knowledge_months": "nine"}')
    with pytest.raises(CommandError, match="whole numbers"):
        replay(written(tmp_path, GOOD), figures=str(figures))


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere.jsonl: No such file"):
        replay(str(tmp_path / "nowhere.jsonl"))


def with_event(**event):
    """The good case with one event instead of its own."""
    return GOOD | {"events": [{"on": "2026-03-03"} | event]}


REFUSED = [
    ([], "a case must be an object"),
    ("nonsense", "this is no JSON"),
    ({"ask": []}, "“competence” is missing"),
    (GOOD | {"competence": {"kind": "talent"}}, "“kind” must be one of knowledge, skill, quality"),
    (GOOD | {"competence": {"kind": "skill", "risk": "huge"}}, "“risk” must be one of low"),
    (
        GOOD | {"competence": {"kind": "skill", "validity_months": {"knowledge": 0}}},
        "“knowledge” must be 1 to 120 months",
    ),
    (
        GOOD | {"competence": {"kind": "skill", "validity_months": {"luck": 6}}},
        "“luck” has no validity",
    ),
    (GOOD | {"requirement": {"level": 5}}, "“level” must be from 0 to 4, not 5"),
    (GOOD | {"requirement": {"level": 3, "upper": 2}}, "the upper end of a band is below"),
    (GOOD | {"requirement": [{"level": 2}]}, "“from” is missing"),
    (
        GOOD | {"requirement": [{"from": "2026-01-01", "level": n} for n in (2, 3)]},
        "two requirements begin on 2026-01-01",
    ),
    (GOOD | {"case": "half \ud800"}, "“case” holds half a character"),
    (GOOD | {"requirement": {"level": 2, "gate": "yes"}}, "“gate” must be true or false"),
    (GOOD | {"campaigns": [["2026-06-20", "2026-06-01"]]}, "a campaign ends before it begins"),
    (GOOD | {"campaigns": [["2026-06-20"]]}, "a campaign is a first and a last day"),
    (GOOD | {"ask": ["2026-02-30"]}, "there is no day 2026-02-30"),
    (GOOD | {"ask": ["20260302"]}, "must be a day like 2026-03-14"),
    (GOOD | {"ask": [None]}, "must be a day like 2026-03-14"),
    (GOOD | {"ask": "2026-03-02"}, "“ask” must be a list"),
    (GOOD | {"events": ["quiz"]}, "event 1: an event must be an object"),
    (with_event(), "“type” is missing"),
    (with_event(type=["quiz"]), "there is no type"),
    (with_event(type="quiz", level=2), "“passed” is missing"),
    (with_event(type="quiz", level=2, passed=1), "“passed” must be true or false"),
    (with_event(type="quiz", level=0, passed=True), "level 0 is none a quiz can have"),
    (with_event(type="quiz", level=2.5, passed=True), "“level” must be a whole number"),
    (with_event(type="quiz", level=True, passed=True), "“level” must be a whole number"),
    (with_event(type="observation", rating=5), "“rating” must be from 0 to 4, not 5"),
    (with_event(type="observation", rating=-1), "“rating” must be from 0 to 4, not -1"),
    (with_event(type="observation", rating=2, known="2026-03-02"), "before its own day"),
    (with_event(type="calibration", rating=2), "“call” is missing"),
    (with_event(type="declared", level="2"), "“level” must be a whole number"),
    (with_event(type="commission"), "“level” is missing"),
    (with_event(type="override", level=4, until="2026-03-05"), "override can raise to"),
    (with_event(type="override", level=2), "“until” is missing"),
    (with_event(type="override", level=2, until="2026-03-02"), "ends before it begins"),
    (with_event(type="override", level=2, until="2026-04-03"), "at most 30 days"),
    (with_event(type="leave"), "“until” is missing"),
    (with_event(type="leave", until="2026-03-02"), "ends before it begins"),
    (with_event(type="suspension", until="2026-03-17"), "at most 14 days"),
    (with_event(type="suspension", until="2026-03-02"), "ends before it begins"),
    (with_event(type="withdrawal"), "“of” is missing"),
    (with_event(type="withdrawal", of="q"), "there is no event “q” to withdraw"),
    (with_event(type="withdrawal", of="w", id="w"), "cannot withdraw itself"),
    (
        GOOD
        | {
            "events": [
                quiz("2026-03-03", id="q"),
                {"on": "2026-03-02", "type": "withdrawal", "of": "q"},
            ]
        },
        "“q” is withdrawn before it was recorded",
    ),
    (
        GOOD | {"events": [quiz("2026-03-03", id="q"), quiz("2026-03-04", id="q")]},
        "two events have the id “q”",
    ),
]


@pytest.mark.parametrize(("line", "sentence"), REFUSED, ids=[one[1][:40] for one in REFUSED])
def test_impossible_values_are_refused_in_a_sentence(tmp_path, line, sentence):
    out = io.StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("replay_cells", written(tmp_path, GOOD, line), stdout=out)
    assert str(refusal.value).startswith("line 2: ")
    assert sentence in str(refusal.value)
    assert len(out.getvalue().splitlines()) == 1


def test_the_longest_override_and_suspension_are_taken(tmp_path):
    longest = [
        with_event(type="override", level=2, until="2026-04-02"),
        with_event(type="suspension", until="2026-03-16"),
    ]
    assert len(replay(written(tmp_path, *longest))) == 2
