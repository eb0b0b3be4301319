"""Template tags of the design system: icons, dates as people say them, form fields. No domain words here."""

import datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

register = template.Library()

# Widgets that draw their own box; every other one is an .input.
CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
RECENT_DAYS = 7


@register.simple_tag
def icon(name: str) -> SafeString:
    """The interface icon ``name``, silent for screen readers: words stand beside it."""
    return format_html('<span class="icon icon--{}" aria-hidden="true"></span>', name)


@register.filter
def initials(name: str) -> str:
    """The first letters of the first two words of ``name``."""
    return "".join(word[0] for word in str(name).split()[:2]).upper()


def said(moment: datetime.datetime | datetime.date, now: datetime.datetime) -> str:
    """``moment`` as a person says it at ``now``: today, yesterday, 3 days ago, 14 August, 14 August 2024."""
    is_moment = isinstance(moment, datetime.datetime)
    day = timezone.localtime(moment).date() if is_moment else moment
    today = timezone.localtime(now).date()
    days = (today - day).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    if days == -1:
        return gettext("tomorrow")
    if 1 < days <= RECENT_DAYS:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    same_year = day.year == today.year
    return format_date(day, gettext("j F") if same_year else gettext("j F Y"))


@register.simple_tag
def when(moment: datetime.datetime | datetime.date | None, capital: bool = False) -> str:
    """A ``<time>``: relative words, the exact moment in the title. Nothing for None."""
    if moment is None:
        return ""
    words = said(moment, timezone.now())
    if isinstance(moment, datetime.datetime):
        local = timezone.localtime(moment)
        exact = format_date(local, gettext("j F Y, H:i"))
        stamp = local.isoformat(timespec="minutes")
    else:
        exact = format_date(moment, gettext("j F Y"))
        stamp = moment.isoformat()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        stamp,
        exact,
        capfirst(words) if capital else words,
    )


def _classed(field: BoundField) -> SafeString:
    """The widget of ``field`` with the classes of the design system and the ids of its help and error."""
    widget = field.field.widget
    attrs: dict[str, Any] = {}
    # The label stands above; a placeholder that repeats it, as libraries set it, says nothing.
    widget.attrs.pop("placeholder", None)
    if isinstance(widget, CHECKS):
        attrs["class"] = "check__box"
    else:
        short = isinstance(widget, (forms.NumberInput, forms.DateInput, forms.TimeInput))
        attrs["class"] = " ".join(
            part
            for part in ("input", "input--short" if short else "", widget.attrs.get("class", ""))
            if part
        )
    described = [f"{field.auto_id}_error"] if field.errors else []
    described += [f"{field.auto_id}_help"] if field.help_text else []
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.inclusion_tag("components/_field.html")
def form_field(field: BoundField, label: str = "") -> dict[str, Any]:
    """One field of a form on the common grid: label, control, help, error."""
    widget = field.field.widget
    kind = "text"
    if isinstance(widget, forms.CheckboxInput):
        kind = "check"
    elif isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        kind = "choices"
    elif isinstance(widget, forms.Select) and not getattr(widget, "allow_multiple_selected", False):
        kind = "select"
    return {
        "field": field,
        "label": label or field.label,
        "kind": kind,
        "control": "" if kind == "choices" else _classed(field),
    }


@register.inclusion_tag("components/_form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """The summary of a form's errors, with links to its fields. Nothing for a form without errors."""
    fields = [field for field in form if field.errors]
    return {"form": form, "fields": fields, "count": len(fields)}


@register.inclusion_tag("components/_form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of ``form`` in their order, hidden ones included."""
    return {"form": form}
