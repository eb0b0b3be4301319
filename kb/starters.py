"""What a new article of each kind begins with: its parts in order, with what belongs into each."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kb.choices import Kind

STARTED = (Kind.HOW_TO, Kind.INCIDENT, Kind.TARIFF, Kind.SCRIPT)
"""The kinds that have one."""

Parts = list[tuple[str, Any]]


def starter_of(kind: Kind) -> Parts:
    """The body that an article of ``kind`` begins with, in the writer's language. Raises KeyError for other kinds."""
    return _STARTERS[kind]()


def _how_to() -> Parts:
    return [
        ("heading", _("When it is needed")),
        ("text", _paragraph(_("[Who asks for it, and in which words]"))),
        (
            "steps",
            {
                "title": _("What to do"),
                "items": [
                    _paragraph(_("[The first step: where to press, what to see]")),
                    _paragraph(_("[The next step]")),
                    _paragraph(_("[How to make sure that it works]")),
                ],
            },
        ),
        (
            "callout",
            {"tone": "warning", "text": _paragraph(_("[What goes wrong most often]"))},
        ),
        ("say", _("[The words for the customer: the answer itself, no link]")),
        ("heading", _("If it did not help")),
        ("text", _paragraph(_("[Whom to pass it to, and with what]"))),
    ]


def _incident() -> Parts:
    return [
        (
            "callout",
            {"tone": "danger", "text": _paragraph(_("[What does not work, for whom, since when]"))},
        ),
        (
            "say",
            _("[What to say now: what happened, when there is news, what the customer can do]"),
        ),
        ("heading", _("How to recognise it")),
        ("text", _paragraph(_("[Signs, error codes, what looks alike but is something else]"))),
        (
            "steps",
            {
                "title": _("What to do"),
                "items": [
                    _paragraph(_("[What to check on the call]")),
                    _paragraph(_("[How to link the ticket to the incident]")),
                ],
            },
        ),
        ("heading", _("Once it is over")),
        ("text", _paragraph(_("[How to tell customers, how to count compensation]"))),
    ]


def _tariff() -> Parts:
    return [
        ("heading", _("What it costs and what it holds")),
        ("text", _paragraph(_("[The price, what is inside, from when on; figures in a table]"))),
        ("heading", _("For whom")),
        ("text", _paragraph(_("[Whom it suits, and whom it does not]"))),
        ("say", _("[The difference in one sentence, as the customer hears it]")),
        (
            "steps",
            {
                "title": _("How to change to it"),
                "items": [
                    _paragraph(_("[The first step]")),
                    _paragraph(_("[From when it counts]")),
                ],
            },
        ),
        (
            "faq",
            {
                "title": "",
                "questions": [
                    {
                        "question": _("[A question that customers ask]"),
                        "answer": _paragraph(_("[The answer]")),
                    }
                ],
            },
        ),
    ]


def _script() -> Parts:
    first, last = _("Find out"), _("Pass on")
    return [
        (
            "script",
            {
                "title": _("[What the conversation is about]"),
                "steps": [
                    {
                        "name": first,
                        "text": _paragraph(_("[What to find out]")),
                        "say": _("[The question for the customer]"),
                        "choices": [{"label": _("Yes"), "leads_to": last}],
                        "outcome": "",
                    },
                    {
                        "name": last,
                        "text": _paragraph(_("[Whom to pass it to, and with what]")),
                        "say": "",
                        "choices": [],
                        "outcome": "handed_on",
                    },
                ],
            },
        ),
        ("heading", _("What stands behind it")),
        ("text", _paragraph(_("[Why it is asked in this order]"))),
    ]


def _paragraph(words: str) -> str:
    return f"<p>{words}</p>"


_STARTERS: Mapping[str, Any] = {
    Kind.HOW_TO: _how_to,
    Kind.INCIDENT: _incident,
    Kind.TARIFF: _tariff,
    Kind.SCRIPT: _script,
}
