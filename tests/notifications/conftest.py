"""A kind of notification that can be hidden, and telling people with it."""

from types import SimpleNamespace

import pytest
from django.utils import translation
from django.utils.translation import gettext

from notifications.extensions import Group, Rendered, kinds
from notifications.services.notifying import notify


class Greeting:
    """Says hello until it is hidden from somebody; remembers whom it was rendered for, in which language."""

    name = "tests.greeting"
    group = Group(key="tests.greetings", label="Greetings")

    def __init__(self) -> None:
        self.hidden_from: set[int] = set()
        self.asked: list[SimpleNamespace] = []

    def render(self, params, *, viewer, at):
        self.asked.append(
            SimpleNamespace(employee=viewer.employee_id, language=translation.get_language())
        )
        if viewer.employee_id in self.hidden_from:
            return [None] * len(params)
        return [
            Rendered(
                title=f"Секретное имя {item['number']}",
                line=gettext("Home"),
                url="/kb/",
                why="Because",
                subject="Something new",
            )
            for item in params
        ]


@pytest.fixture
def greeting():
    """The kind, registered for the time of a test."""
    kind = Greeting()
    kinds.register(kind)
    yield kind
    kinds.unregister(kind)


@pytest.fixture
def tell(greeting, now):
    """Tell people something: ``tell(anna, olga, number=2)``."""

    def _tell(*people, number: int = 1, at=None) -> int:
        return notify(
            event_key=f"tests:{number}",
            kind=greeting.name,
            params={"number": number},
            recipients=people,
            now=at or now,
        )

    return _tell
