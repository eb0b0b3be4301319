"""What stands between the braces of a GIFT question."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from certification.exchange.building import (
    FULL,
    NOTHING,
    Answer,
    Built,
    NumberAnswer,
    chosen_one,
    chosen_several,
    in_order,
    matched,
    number,
    true_or_false,
    typed_number,
    typed_text,
    weight,
)
from certification.exchange.finishing import Draft, open_question
from certification.exchange.gift.syntax import Words, shown
from certification.exchange.items import Unsuitable
from certification.exchange.texts import one_line

WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
ORDERING = re.compile(r">\s*(\d+)?(?:[ \t]+\w+)*[ \t]*(?:\n|$)")
TRUE, FALSE = {"T", "TRUE"}, {"F", "FALSE"}


def built_of(answers: str, default: str, draft: Draft) -> Built:
    """The kind and body that ``answers`` stand for, told apart as Moodle does. Raises Unsuitable."""
    if not answers:
        return open_question(draft)
    if answers.startswith("#"):
        return _numeric(answers[1:], default)
    if answers.startswith(">"):
        return _ordering(answers, default, draft)
    if "~" in answers:
        return _choices(answers, default, draft)
    if "=" in answers and "->" in answers:
        return _matching(answers, default, draft)
    sign = answers.split("#", 1)[0].strip()
    if sign in TRUE | FALSE:
        return _true_false(answers, default)
    return typed_text([_short(part, default) for part in _parts(answers, "=")])


def _parts(answers: str, sign: str) -> list[str]:
    parts = [part.strip() for part in answers.split(sign)]
    return parts if parts[0] else parts[1:]


def _weighed(part: str, default_weight: Decimal) -> tuple[Decimal, str]:
    match = WEIGHT.match(part)
    return (weight(match[1]), part[match.end() :]) if match else (default_weight, part)


def _remark(part: str, default: str) -> str:
    return one_line(Words.of(part.strip(), default).plain())


def _choices(answers: str, default: str, draft: Draft) -> Built:
    single = "=" in answers
    read = []
    for part in _parts(answers.replace("=", "~="), "~"):
        right = part.startswith("=")
        worth, rest = _weighed(part[1:].lstrip() if right else part, FULL if right else NOTHING)
        said, _sign, remark = rest.partition("#")
        words = Words.of(said.strip(), default)
        draft.losses += words.losses()
        read.append(Answer(one_line(words.plain()), worth, _remark(remark, default)))
    if len(read) < 2:
        raise Unsuitable(_("there is only one answer to choose from"))
    return chosen_one(read) if single else chosen_several(read)


def _short(part: str, default: str) -> Answer:
    worth, rest = _weighed(part, FULL)
    said, _sign, remark = rest.partition("#")
    return Answer(one_line(shown(said)), worth, _remark(remark, default))


def _true_false(answers: str, default: str) -> Built:
    sign, *remarks = answers.split("#", 2)
    return true_or_false(sign.strip() in TRUE, [_remark(remark, default) for remark in remarks])


def _matching(answers: str, default: str, draft: Draft) -> Built:
    pairs = []
    for part in _parts(answers, "="):
        left, arrow, right = part.partition("->")
        if not arrow:
            raise Unsuitable(_("“%(part)s” has no ->") % {"part": shown(part)[:50]})
        words = Words.of(left.strip(), default)
        draft.losses += words.losses()
        pairs.append((one_line(words.plain()), one_line(shown(right))))
    return matched(pairs)


def _ordering(answers: str, default: str, draft: Draft) -> Built:
    match = ORDERING.match(answers)
    if not match:
        raise Unsuitable(_("steps to be put in order stand on lines of their own"))
    lines = [line.strip() for line in answers[match.end() :].split("\n") if line.strip()]
    steps = []
    for line in lines:
        words = Words.of(line, default)
        draft.losses += words.losses()
        steps.append(one_line(words.plain()))
    if match[1] and 2 <= int(match[1]) < len(steps):
        draft.losses.append(_("all steps are asked for, not some of them"))
    return in_order(steps)


def _numeric(answers: str, default: str) -> Built:
    answers, tilde, otherwise = answers.partition("~")
    read = []
    remarks = [_remark(otherwise.partition("#")[2], default)] if tilde else []
    for part in _parts(answers.strip(), "="):
        worth, rest = _weighed(part, FULL)
        said, _sign, remark = rest.partition("#")
        said, remark = shown(said).strip(), _remark(remark, default)
        if said == "*":
            remarks.append(remark)
            continue
        read.append(NumberAnswer(*_range(said), worth, remark))
    if not read:
        raise Unsuitable(_("there is no number"))
    return typed_number(read, remarks)


def _range(said: str) -> tuple[Decimal, Decimal]:
    if ".." in said:
        low, high = (number(end) for end in said.split("..", 1))
        if high < low:
            raise Unsuitable(_("the range %(range)s is empty") % {"range": said[:50]})
        return (low + high) / 2, (high - low) / 2
    value, colon, tolerance = said.partition(":")
    return number(value), abs(number(tolerance)) if colon else NOTHING
