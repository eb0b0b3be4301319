"""From the answers of other systems, with weights and remarks, to a kind and its body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from certification.exchange.items import Unsuitable
from certification.kinds import KINDS, Malformed
from certification.kinds.numbers import plain
from certification.kinds.writing import LONGEST_MODEL, MOST_POINTS
from certification.wording import malformed_words

FULL = Decimal(100)
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Answer:
    """An answer of another system: what it says, what it is worth in percent, what is said to it."""

    text: str
    weight: Decimal = NOTHING
    remark: str = ""


@dataclass(frozen=True)
class NumberAnswer:
    """A number, what it may be off by, and what it is worth."""

    value: Decimal
    tolerance: Decimal = NOTHING
    weight: Decimal = FULL
    remark: str = ""


@dataclass
class Built:
    """A kind and its body, what was lost, and what is said to single answers."""

    kind: str
    body: dict[str, Any]
    losses: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    lacks_rubric: bool = False
    """An open question whose rubric is ours, since the file has none."""


def checked(built: Built) -> Built:
    """``built``, if its kind can have such a body. Raises Unsuitable."""
    try:
        KINDS[built.kind].validate(built.body)
    except Malformed as fault:
        raise Unsuitable(malformed_words(Malformed(fault.code))) from None
    return built


def remarks_on(answers: Sequence[Answer]) -> list[str]:
    """What is said to each answer, as lines of the explanation."""
    return [
        f"«{answer.text}»: {answer.remark}" if answer.text else answer.remark
        for answer in answers
        if answer.remark
    ]


def chosen_one(answers: Sequence[Answer]) -> Built:
    """One may be chosen: a single right one, or a judgement where answers are worth more or less."""
    _with_words(answers)
    weights = [min(max(answer.weight, NOTHING), FULL) for answer in answers]
    if FULL not in weights:
        raise Unsuitable(_("no answer is completely right"))
    remarks = remarks_on(answers)
    if weights.count(FULL) == 1 and all(weight in (NOTHING, FULL) for weight in weights):
        choices = [
            {"text": answer.text, "right": weight == FULL}
            for answer, weight in zip(answers, weights, strict=True)
        ]
        return checked(Built("single", {"choices": choices}, remarks=remarks))
    worths = [int(weight.to_integral_value()) for weight in weights]
    choices = [
        {"text": answer.text, "worth": worth} for answer, worth in zip(answers, worths, strict=True)
    ]
    losses = [_("weights were rounded to whole percents")] if worths != weights else []
    return checked(Built("situational", {"choices": choices}, losses, remarks))


def chosen_several(answers: Sequence[Answer], *, whole: bool = False) -> Built:
    """Any number may be chosen; an answer with a positive weight is right."""
    _with_words(answers)
    right = {answer.weight for answer in answers if answer.weight > 0}
    if not right:
        raise Unsuitable(_("no answer is right"))
    choices = [{"text": answer.text, "right": answer.weight > 0} for answer in answers]
    losses = []
    if max(right) - min(right) > Decimal("0.01"):
        losses.append(_("right answers of different weight became equal"))
    body = {"choices": choices, "partial": not whole}
    return checked(Built("multiple", body, losses, remarks_on(answers)))


def true_or_false(right: bool, remarks: Sequence[str] = ()) -> Built:
    """A statement."""
    return Built("true_false", {"right": right}, remarks=[remark for remark in remarks if remark])


def typed_text(answers: Sequence[Answer], *, case_matters: bool = False) -> Built:
    """A short text. What is worth less than everything is not accepted here."""
    accepted: list[str] = []
    losses: list[str] = []
    for answer in answers:
        text = answer.text.replace(r"\*", "\0")
        if "*" in text and text.strip("* "):
            losses.append(_("“*” for any letters is not known here: only the written words count"))
            text = " ".join(text.replace("*", " ").split())
        text = text.replace("\0", "*").strip()
        if answer.weight <= 0 or text == "*":
            continue
        if answer.weight < FULL:
            losses.append(_("“%(text)s”, right in part, is not accepted") % {"text": text})
        elif text not in accepted:
            accepted.append(text)
    if not accepted:
        raise Unsuitable(_("no answer is completely right"))
    if case_matters:
        losses.append(_("capital and small letters count as the same"))
    spoken = [Answer("" if a.text == "*" else a.text, a.weight, a.remark) for a in answers]
    return checked(Built("short", {"accepted": accepted}, _once(losses), remarks_on(spoken)))


def typed_number(answers: Sequence[NumberAnswer], remarks: Sequence[str] = ()) -> Built:
    """A number. One value with its tolerance is kept: the first that is completely right."""
    full = [answer for answer in answers if answer.weight >= FULL]
    if not full:
        raise Unsuitable(_("no answer is completely right"))
    best = full[0]
    losses = []
    if len(full) > 1:
        losses.append(_("only the first of several right numbers is accepted"))
    if any(NOTHING < answer.weight < FULL for answer in answers):
        losses.append(_("numbers that are right in part are not accepted"))
    body = {"value": plain(best.value), "tolerance": plain(best.tolerance)}
    spoken = [Answer(plain(a.value), a.weight, a.remark) for a in answers]
    return checked(Built("numeric", body, losses, [*remarks_on(spoken), *filter(None, remarks)]))


def in_order(steps: Sequence[str]) -> Built:
    """Steps in their right order."""
    return checked(Built("ordering", {"steps": [step for step in steps if step]}))


def matched(pairs: Sequence[tuple[str, str]]) -> Built:
    """Pairs; a right side without a left one belongs to nothing."""
    rights = {right for left, right in pairs if left}
    extra = dict.fromkeys(right for left, right in pairs if right and not left)
    body = {
        "pairs": [{"left": left, "right": right} for left, right in pairs if left and right],
        "extra": [right for right in extra if right not in rights],
    }
    if any(left and not right for left, right in pairs):
        raise Unsuitable(_("a part has nothing that belongs to it"))
    return checked(Built("matching", body))


def in_own_words(note: str) -> Built:
    """An open question of a system without rubrics: one criterion, for its author to write.

    ``note`` is what the file says to whoever marks it; the best model answer there is.
    """
    points = MOST_POINTS
    anchors = [{"points": points, "text": _("complete and right")}]
    criterion = {"text": _("The answer as a whole"), "points": points, "anchors": anchors}
    losses = [_("an open answer without a rubric: write its criteria before it is published")]
    if not note:
        losses.append(_("there is no model answer: write one"))
    elif len(note) > LONGEST_MODEL:
        losses.append(_("the model answer was cut to %(n)s characters") % {"n": LONGEST_MODEL})
    model = note[:LONGEST_MODEL].strip() or _("To be written.")
    body = {"criteria": [criterion], "model": model}
    return checked(Built("open", body, losses, lacks_rubric=True))


NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:[.,]\d{0,12})?|[.,]\d{1,12})(?:[eE][+-]?\d{1,2})?")


def number(text: str) -> Decimal:
    """The number that another system wrote. Raises Unsuitable."""
    text = text.strip().replace("\u2212", "-").replace("\u00a0", "")
    if not NUMBER.fullmatch(text):
        raise Unsuitable(_("“%(text)s” is not a number") % {"text": text[:50]})
    value = round(Decimal(text.replace(",", ".")), 9)
    if abs(value) >= Decimal(10) ** 15:
        raise Unsuitable(_("“%(text)s” is too large a number") % {"text": text[:50]})
    return value


def weight(text: str) -> Decimal:
    """A weight in percent; what cannot be read is worth nothing."""
    try:
        return number(text)
    except Unsuitable:
        return NOTHING


def _with_words(answers: Sequence[Answer]) -> None:
    if any(not answer.text for answer in answers):
        raise Unsuitable(_("an answer has no words"))


def _once(losses: list[str]) -> list[str]:
    return list(dict.fromkeys(losses))
