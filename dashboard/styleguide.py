"""The style guide at ``/styleguide/``: every component with its states, fed with specimens.

Nothing here is real data; the words are translated like any other, since the guide shows both languages.
"""

import datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TOKENS = (
    "page", "surface", "sunken", "raised", "soft", "line", "edge",
    "text", "text-2", "text-3", "link", "accent", "mark",
)  # fmt: skip
ICONS = (
    "home", "knowledge", "inbox", "learning", "record", "matrix", "practice", "team", "person", "edit",
    "search", "copy", "link", "chat", "say", "lock", "article", "competence", "question", "flag",
    "clock", "calendar", "history", "bell", "warning", "info", "offline", "download", "print", "sort",
    "filter", "folder", "tag", "code", "keys", "theme", "globe", "panel", "external", "plus",
    "check", "close", "delete", "more", "back", "forward", "up", "down", "signin", "signout",
)  # fmt: skip


class SpecimenForm(forms.Form):
    """One field of each kind, with a help text, an error and a field that may not be changed."""

    call = forms.RegexField(
        r"^\d{4}-\d{4}$",
        label=gettext_lazy("Call number"),
        error_messages={"invalid": gettext_lazy("4 digits, hyphen, 4 digits")},
        widget=forms.TextInput(attrs={"class": "input--short", "inputmode": "numeric"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the article"),
        help_text=gettext_lazy("As a customer would ask"),
    )
    change = forms.CharField(
        label=gettext_lazy("What has changed"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    risk = forms.ChoiceField(
        label=gettext_lazy("Risk"),
        choices=[
            ("high", gettext_lazy("high: check within 5 days")),
            ("normal", gettext_lazy("normal: within 14 days")),
        ],
    )
    since = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    file = forms.FileField(
        label=gettext_lazy("Attachment"),
        help_text=gettext_lazy("PDF or WAV, up to 5 MB"),
        required=False,
    )
    signed_by = forms.CharField(
        label=gettext_lazy("Signed by"),
        help_text=gettext_lazy("Cannot be changed: the entry is already in the record"),
        disabled=True,
        required=False,
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        widget=forms.RadioSelect,
        choices=[
            ("internal", gettext_lazy("staff")),
            ("public", gettext_lazy("everybody, customers too")),
        ],
    )
    material = forms.BooleanField(
        label=gettext_lazy("Material change: check those who know the article"), required=False
    )


def specimen_form(day: datetime.date) -> SpecimenForm:
    """The form as it comes back after a mistake: what was typed is kept."""
    form = SpecimenForm(
        data={
            "call": "47110823",
            "title": _("Call forwarding"),
            "change": _("It now rings for 30 seconds instead of 20."),
            "risk": "high",
            "since": day.isoformat(),
            "audience": "internal",
            "material": "on",
        },
        initial={"signed_by": _("Anna Kravtsova")},
        auto_id="sg_%s",
    )
    form.is_valid()
    return form


def states() -> list[dict[str, str]]:
    """The seven states of a cell: key, word, class and level of its specimen in the matrix."""
    return [
        {"key": "none", "words": _("not started"), "cell": "n", "level": ""},
        {"key": "learning", "words": _("learning"), "cell": "l", "level": "1/2"},
        {"key": "current", "words": _("current"), "cell": "v", "level": "2"},
        {"key": "due_soon", "words": _("due soon"), "cell": "d", "level": "2"},
        {"key": "stale", "words": _("stale"), "cell": "t", "level": "2"},
        {"key": "lapsed", "words": _("lapsed"), "cell": "x", "level": "1/2"},
        {"key": "suspended", "words": _("suspended"), "cell": "s", "level": "2"},
    ]


def chain(
    state: str, you: str, *, current: str = "", questions: bool = True
) -> list[dict[str, Any]]:
    """The four nodes of a specimen chain; ``current`` names the one that is shown as present."""
    nodes: list[dict[str, Any]] = [
        {"icon": "article", "words": _("Article, v. 8"), "url": "#state"},
        {"icon": "competence", "words": _("IP telephony 2"), "url": "#state"},
        {"icon": "question", "words": _("2 questions"), "url": "#state"},
        {"state": state, "words": you, "url": "#state"},
    ]
    if not questions:
        nodes[2] = {"icon": "question", "words": _("no questions yet"), "missing": True}
    for node in nodes:
        node["current"] = bool(current) and node.get("icon") == current
    return nodes


def lists(today: datetime.date) -> dict[str, Any]:
    """Rows, results, questions and pages."""
    page = SimpleNamespace(page=Paginator(range(64), 20).page(2)).page
    return {
        "page": page,
        "results": [
            {
                "title": format_html("<mark>{}</mark> {}", _("Cannot hear"), _("the other side")),
                "answer": _(
                    "Open the RTP ports 10000–20000 on the router or turn on STUN in the phone."
                ),
                "place": _("Telephony / Call quality"),
                "chosen": True,
            },
            {
                "title": _("Error 488"),
                "answer": _("The codecs do not match: turn on PCMA in the settings of the phone."),
                "place": _("Telephony / Error codes"),
                "state": "due_soon",
                "note": _("time to check"),
            },
            {
                "title": _("Silence after a transfer"),
                "answer": _(
                    "The call was transferred without hold: take it back and transfer it again."
                ),
                "place": _("Telephony / Call transfer"),
                "state": "stale",
                "note": _("changed"),
            },
        ],
        "choices": [
            {"value": 1, "words": _("20 seconds"), "verdict": "wrong"},
            {"value": 2, "words": _("30 seconds"), "verdict": "right", "checked": True},
            {"value": 3, "words": _("60 seconds")},
        ],
        "ratings": [
            {"value": 0, "words": _("Not yet")},
            {"value": 1, "words": _("With help")},
            {"value": 2, "words": _("Without help, usual case"), "checked": True},
            {"value": 3, "words": _("Without help, unusual case")},
        ],
        "evidence": [
            {"state": "stale", "on": today, "words": _("The article changed, version 8")},
            {
                "state": "current",
                "on": today - datetime.timedelta(days=101),
                "words": _("Test: 9 of 10"),
            },
            {"state": "", "on": today - datetime.timedelta(days=190), "words": _("First sign-off")},
        ],
        "crowd": [(n, 1000 - n) for n in range(1, 1001)],
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """The page. ``?theme=light`` or ``dark`` is for looking at a theme without choosing it."""
    now = timezone.now()
    today = timezone.localdate(now)
    context = {
        "tokens": TOKENS,
        "icons": ICONS,
        "form": specimen_form(today),
        "states": states(),
        "chain_full": chain("current", _("you: may"), current="competence"),
        "chain_narrow": chain("lapsed", _("you: may not, since 20 November"), current="article"),
        "chain_missing": chain("none", _("not required"), questions=False),
        "chain_duty": chain("stale", _("you: check")),
        "now": now,
        "yesterday": now - datetime.timedelta(days=1),
        "last_week": now - datetime.timedelta(days=5),
        "long_ago": now - datetime.timedelta(days=500),
        "tabs": [
            {"words": _("All"), "url": "#acting", "count": 14, "current": True},
            {"words": _("Telephony"), "url": "#acting", "count": 9},
            {"words": _("Equipment"), "url": "#acting", "count": 4},
        ],
        "crumbs": [
            {"words": _("Knowledge"), "url": "#reading"},
            {"words": _("Telephony"), "url": "#reading"},
        ],
        "facts": [
            {"name": _("Owner"), "value": _("Olga Ryabova")},
            {"name": _("Version"), "value": _("8, today")},
        ],
    } | lists(today)
    return render(request, "styleguide/index.html", context)
