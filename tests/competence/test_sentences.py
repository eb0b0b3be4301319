"""Reasons in words: every code has a sentence in both languages, with the day it speaks of."""

import json
from datetime import date

import pytest
from django.utils import translation
from django.utils.dateformat import format as format_date

from competence.replay.cases import read_case
from competence.rule.judging import judge
from competence.rule.reasons import Code, Lacking, Reason
from competence.sentences import SENTENCES, sentence, why, word
from tests.competence.histories import case, happened, leave, practised, quiz, seen


def judgement(*events, on, **given):
    """What the rule judges."""
    read = read_case(json.dumps(case(*events, on=on, **given)))
    return judge(read.cell, date.fromisoformat(on))


def test_every_code_has_a_sentence():
    assert set(SENTENCES) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_a_sentence_is_translated(code):
    reason = Reason(code=code, level=1, target=2, until=date(2026, 3, 14), above_band=1)
    with translation.override("en"):
        english = sentence(reason)
    with translation.override("ru"):
        russian = sentence(reason)
    assert english.isascii()
    assert english.endswith(".")
    assert not any("a" <= letter <= "z" for letter in russian)


@pytest.mark.parametrize("lacking", Lacking)
def test_what_is_lacking_is_translated(lacking):
    reason = Reason(code=Code.LEARNING, level=1, target=2, lacking=lacking)
    with translation.override("en"):
        assert "1 of 2" in sentence(reason)
    with translation.override("ru"):
        assert "1 из 2" in sentence(reason)


SAID = [
    (judgement(quiz("2026-03-03"), on="2026-03-03"), "May", "May: level 2, valid until 3 September 2026."),
    (judgement(quiz("2026-03-03"), on="2026-09-01"), "May until", "May, renew by 3 September 2026."),
    (
        judgement(quiz("2026-03-03", 3), quiz("2026-03-04"), on="2026-03-04"),
        "May",
        "May: level 3, valid until 3 September 2026.",
    ),
    (
        judgement(quiz("2026-03-03"), happened("2026-04-10", "change"), on="2026-04-12"),
        "May until",
        "May, check the change by 24 April 2026.",
    ),
    (
        judgement(quiz("2026-03-03"), happened("2026-04-10", "change"), on="2026-04-25"),
        "May until",
        "May, but the change was to be checked by 24 April 2026.",
    ),
    (
        judgement(
            quiz("2026-03-03"), happened("2026-04-10", "change"), on="2026-04-25", risk="high"
        ),
        "May not",
        "May not: a change of the article was to be checked by 15 April 2026.",
    ),
    (
        judgement(
            quiz("2026-03-03"),
            happened("2026-04-10", "change", effective="2026-05-01"),
            on="2026-04-12",
            risk="critical",
        ),
        "May",
        "May, a change is coming: check it by 30 April 2026.",
    ),
    (
        judgement(quiz("2026-03-03"), on="2026-03-03", kind="skill"),
        "May not",
        "May not: still learning, 1 of 2, practice is to be seen.",
    ),
    (
        judgement(practised(2), on="2026-03-05", kind="skill"),
        "May not",
        "May not: still learning, 0 of 2, a quiz is to be passed.",
    ),
    (
        judgement(happened("2026-01-12", "declared", level=2), on="2026-04-13", kind="skill"),
        "May not",
        "May not: the declared level held until 12 April 2026.",
    ),
    (
        judgement(
            quiz("2026-03-01", validity_months=24), practised(2), on="2027-03-03", kind="skill"
        ),
        "May not",
        "May not: the observations of practice counted until 2 March 2027.",
    ),
    (
        judgement(
            quiz("2026-06-20"), practised(2), leave("2026-03-10", "2026-06-10"),
            on="2026-06-20", kind="skill",
        ),
        "May not",
        "May not yet: after a long leave one call is to be observed.",
    ),
    (
        judgement(happened("2026-03-03", "suspension", until="2026-03-05"), on="2026-03-04"),
        "May not",
        "May not: suspended until 5 March 2026.",
    ),
    (judgement(on="2026-03-04"), "–", "Nothing shown yet, level 2 is required."),
    (
        judgement(quiz("2026-03-03"), on="2026-03-04", requirement=None),
        "–",
        "The position does not require this; level 2 is held until 3 September 2026.",
    ),
    (
        judgement(seen("2026-03-02", 4), on="2027-03-03", kind="quality", upper=3),
        "May until",
        "The assessment is older than a year; above the band by 1.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("judged", "short", "long"), SAID, ids=[one[2] for one in SAID])
def test_the_sentence_names_what_decided(judged, short, long):
    with translation.override("en"):
        assert (word(judged), why(judged)) == (short, long)


def test_the_word_for_may_leaves_the_month_alone():
    with translation.override("ru"):
        assert format_date(date(2026, 5, 3), "F") == "Май"
