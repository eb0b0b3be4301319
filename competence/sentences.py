"""Judgements in words: the sentence a person sees, in the language that is active."""

from collections.abc import Callable
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from competence.rule.judging import Judgement
from competence.rule.reasons import Code, Lacking, Reason
from competence.rule.states import WORD_OF_STATE, Word


def why(judgement: Judgement) -> str:
    """One sentence: may, may until, may not, and what decided it."""
    return sentence(judgement.reason)


def sentence(reason: Reason) -> str:
    """``reason`` in the active language; above a band that is said as well, and never as a fault."""
    text = SENTENCES[reason.code](reason)
    if reason.above_band is None:
        return f"{text}."
    above = _("above the band by %(levels)s") % {"levels": reason.above_band}
    return f"{text}; {above}."


def word(judgement: Judgement) -> str:
    """The word an operator reads beside a competence: may, may until a day, may not; a dash before anything began."""
    if judgement.state is None:
        return "–"
    kind = WORD_OF_STATE[judgement.state]
    if kind is None:
        return "–"
    if kind is Word.MAY_NOT or judgement.gate == "shut":
        return _("May not")
    # With a context: Django's own catalogue has a month of that name.
    return pgettext("take calls", "May") if kind is Word.MAY else _("May until")


def _day(day: date | None) -> str:
    return format_date(day, "j E Y") if day else "–"


def _with_day(text: Callable[[], str]) -> Callable[[Reason], str]:
    return lambda reason: text() % {"day": _day(reason.until)}


def _not_required(reason: Reason) -> str:
    if reason.level == 0:
        return _("The position does not require this")
    return _("The position does not require this; level %(level)s is held until %(day)s") % {
        "level": reason.level,
        "day": _day(reason.until),
    }


def _learning(reason: Reason) -> str:
    values = {"level": reason.level, "target": reason.target}
    if reason.lacking is Lacking.PRACTICE:
        return (
            _("May not: still learning, %(level)s of %(target)s, practice is to be seen") % values
        )
    if reason.lacking is Lacking.KNOWLEDGE:
        return (
            _("May not: still learning, %(level)s of %(target)s, a quiz is to be passed") % values
        )
    if reason.lacking is Lacking.BOTH:
        return (
            _("May not: still learning, %(level)s of %(target)s, quiz and practice are to come")
            % values
        )
    if reason.lacking is Lacking.COMMISSION:
        return (
            _(
                "May not: still learning, %(level)s of %(target)s, a commission decides on this level"
            )
            % values
        )
    return _("Not there yet: %(level)s of %(target)s by the last assessment") % values


def _current(reason: Reason) -> str:
    if reason.until is None:
        return _("May: level %(level)s") % {"level": reason.level}
    return _("May: level %(level)s, valid until %(day)s") % {
        "level": reason.level,
        "day": _day(reason.until),
    }


def _nothing_shown(reason: Reason) -> str:
    return _("Nothing shown yet, level %(target)s is required") % {"target": reason.target}


SENTENCES: dict[Code, Callable[[Reason], str]] = {
    Code.NOT_REQUIRED: _not_required,
    Code.SUSPENDED: _with_day(lambda: _("May not: suspended until %(day)s")),
    Code.KNOWLEDGE_LAPSED: _with_day(lambda: _("May not: the knowledge was valid until %(day)s")),
    Code.PRACTICE_LAPSED: _with_day(
        lambda: _("May not: the observations of practice counted until %(day)s")
    ),
    Code.DECLARATION_LAPSED: _with_day(lambda: _("May not: the declared level held until %(day)s")),
    Code.VERDICT_LAPSED: _with_day(
        lambda: _("May not: the commission's verdict held until %(day)s")
    ),
    Code.OVERRIDE_LAPSED: _with_day(lambda: _("May not: the override held until %(day)s")),
    Code.CHECK_OVERDUE: _with_day(
        lambda: _("May not: a change of the article was to be checked by %(day)s")
    ),
    Code.LEARNING: _learning,
    Code.NOTHING_SHOWN: _nothing_shown,
    Code.CHECK: _with_day(lambda: _("May, check the change by %(day)s")),
    Code.CHECK_LATE: _with_day(lambda: _("May, but the change was to be checked by %(day)s")),
    Code.CHANGE_AHEAD: _with_day(lambda: _("May, a change is coming: check it by %(day)s")),
    Code.RENEW: _with_day(lambda: _("May, renew by %(day)s")),
    Code.OVERRIDE_ENDS: _with_day(lambda: _("May by override until %(day)s")),
    Code.RATING_OLD: lambda reason: _("The assessment is older than a year"),
    Code.CURRENT: _current,
    Code.OBSERVATION_AFTER_LEAVE: lambda reason: _(
        "May not yet: after a long leave one call is to be observed"
    ),
}
