"""How results are written: points as people count them, answers of true and false in words."""

from fractions import Fraction

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def points(value: Fraction) -> str:
    """Whole points as a whole number, parts with one place."""
    return number_format(round(float(value), 1), decimal_pos=0 if value.denominator == 1 else 1)


@register.filter
def said(answer: str) -> str:
    """An answer in words: the two of true and false have none of their own."""
    return {"true": _("True"), "false": _("Not true")}.get(answer, answer)
