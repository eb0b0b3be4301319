"""How results are written: points as people count them, answers of true and false in words."""

from fractions import Fraction

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from certification.rules.items import LEAST_FOR_DISCRIMINATION, Flag
from certification.wording import flag_words, not_enough_words

register = template.Library()


@register.filter
def points(value: Fraction | str) -> str:
    """Whole points as a whole number, parts with one place; also as a result keeps them."""
    value = Fraction(value)
    return number_format(round(float(value), 1), decimal_pos=0 if value.denominator == 1 else 1)


@register.filter
def said(answer: str) -> str:
    """An answer in words: the two of true and false have none of their own."""
    return {"true": _("True"), "false": _("Not true")}.get(answer, answer)


@register.filter
def percent(share: float) -> str:
    """A share from 0 to 1 in whole percent."""
    return f"{round(share * 100)} %"


@register.filter
def coefficient(value: float | None, people: int) -> str:
    """A correlation with two places; else why there is none."""
    if value is not None:
        return number_format(value, 2)
    if people < LEAST_FOR_DISCRIMINATION:
        return _("from %(n)d people on") % {"n": LEAST_FOR_DISCRIMINATION}
    return _("all alike")


@register.filter
def duration(seconds: int | None) -> str:
    """Seconds as minutes and seconds; a dash where nothing is known."""
    return "–" if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"


@register.filter
def flag(value: Flag) -> str:
    """A weakness as a sentence."""
    return flag_words(value)


@register.filter
def not_enough(people: int) -> str:
    """That too few answered to say anything."""
    return not_enough_words(people)
