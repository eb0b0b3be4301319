"""Fixtures of changes: an article that teaches IP telephony, who holds it, publishing with a word on it."""

import datetime
import uuid
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from competence.models import Competence, CompetenceArticle
from competence.services.segments import refresh
from kb.choices import ChangeSize
from kb.extensions import Asked, CheckQuestion, confirmation
from kb.models import ArticlePage, ChangeNotice
from kb.services.changes import describe
from people.models import Employee
from tests.competence.conftest import (  # noqa: F401
    area,
    at_level_2,
    calls,
    cell_of,
    happened,
    operator,
    require,
    tariffs,
    telephony,
    today,
)

WAS, NOW, SAY = "Гудок 20 секунд", "Гудок 30 секунд", "Подождите до 30 секунд"


@pytest.fixture
def teach():
    """``teach(article, telephony)``: the article teaches it."""

    def _teach(article: ArticlePage, *competences: Competence) -> None:
        for competence in competences:
            CompetenceArticle.objects.get_or_create(
                competence=competence, article_uuid=article.uuid
            )

    return _teach


@pytest.fixture
def forwarding(write_article, teach, telephony, require):  # noqa: F811
    """An article in force, version 1, that teaches IP telephony, which operators need at level 2."""
    require(telephony, 2)
    article = write_article(answer="Гудок 20 секунд.", publish=True)
    teach(article, telephony)
    return article


@pytest.fixture
def holders(anna, olga, at_level_2, telephony):  # noqa: F811
    """Anna and Olga hold it at level 2; whoever else was hired has shown nothing of it."""
    for person in (anna, olga):
        at_level_2(person, telephony)
    refresh(employees=list(Employee.objects.all()), now=timezone.now())
    return [anna, olga]


@pytest.fixture
def change(editor):
    """``change(article, "confirm", answer="…")``: describe, publish; the notice, or None of a minor one."""

    def _change(
        article: ArticlePage, size: str = ChangeSize.CONFIRM, *, hours: float = 0, **fields
    ) -> ChangeNotice | None:
        words = {"was": WAS, "now_holds": NOW, "say": SAY}
        words |= {
            name: fields.pop(name) for name in (*words, "waiver", "for_customers") if name in fields
        }
        page = ArticlePage.objects.get(pk=article.pk)
        describe(article=page, size=size, by=editor.user, now=timezone.now(), **words)
        draft = page.get_latest_revision_as_object()
        draft.answer = fields.pop("answer", "Гудок 30 секунд.")
        if hours:
            draft.go_live_at = timezone.now() + datetime.timedelta(hours=hours)
        for name, value in fields.items():
            setattr(draft, name, value)
        draft.save_revision(user=editor.user).publish()
        return ChangeNotice.objects.filter(article_uuid=page.uuid).order_by("-number").first()

    return _change


@pytest.fixture
def clock():
    """A Monday in the morning, everybody at work; ``clock.shift(seconds)`` goes on."""
    monday = datetime.datetime(2026, 6, 1, 10, tzinfo=ZoneInfo("Europe/Moscow"))
    with time_machine.travel(monday, tick=False) as clock:
        yield clock


@pytest.fixture
def changed(write_article, teach, telephony, change, holders, require):  # noqa: F811
    """``changed("Гудок")``: an article that teaches IP telephony, or what is named, has a new version to confirm."""
    require(telephony, 2)

    def _changed(title: str, *args, of: Competence | None = None, **words) -> ChangeNotice:
        article = write_article(title, publish=True)
        teach(article, of or telephony)
        return change(article, *args, **words)

    return _changed


class TwoQuestions:
    """A provider with two questions for every version; "30" and "yes" are right."""

    RIGHT = {"how-long": ["30"], "says-so": ["yes"]}

    def __init__(self) -> None:
        self.given: dict[tuple[int, uuid.UUID], bool] = {}
        self.right: dict[int, set[str]] = {}

    def asked(self, version, employee):
        questions = (
            CheckQuestion(
                "how-long", "single", "Через сколько секунд?", (("20", "20"), ("30", "30"))
            ),
            CheckQuestion("says-so", "single", "Подождать?", (("yes", "Да"), ("no", "Нет"))),
        )
        return Asked(questions, frozenset(self.right.get(employee.pk, ())))

    def answer(self, *, version, employee, ref, given, key, by, now):
        if (employee.pk, key) not in self.given:
            is_right = list(given) == self.RIGHT[ref]
            self.given[employee.pk, key] = is_right
            if is_right:
                self.right.setdefault(employee.pk, set()).add(ref)
        return self.given[employee.pk, key]


@pytest.fixture
def questions():
    """An app above that has two questions for every version."""
    provider = TwoQuestions()
    confirmation.register(provider)
    yield provider
    confirmation.unregister(provider)


@pytest.fixture
def key():
    """A one-time key."""
    return uuid.uuid4
