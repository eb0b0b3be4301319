"""What the demo's readers say of its articles: open, overdue, answered, corrected in a version."""

import datetime
import random
import uuid
from dataclasses import dataclass

from kb.choices import TaskState
from kb.models import ArticlePage, ContentTask, Feedback
from kb.services.feedback import answer, give
from people.models import Employee
from people.viewer import ANONYMOUS, Viewer


@dataclass(frozen=True)
class Said:
    """Who said what of which article and when; with what came of it, if it was answered. No one is a customer."""

    article: str
    days_ago: float
    by: str | None
    reason: str
    words: str = ""
    state: str = ""
    answer: str = ""


SAID = (
    Said(
        "telephony-forwarding",
        4,
        "anna",
        "outdated",
        "Переадресация срабатывает через 30 секунд, а в статье 20",
        TaskState.DONE,
    ),
    Said(
        "billing-tariffs",
        6,
        "olga",
        "unclear",
        "Не видно, входят ли в «Офис» звонки на мобильные",
        TaskState.ANSWERED,
        "Входят 300 минут: вторая строка таблицы. Вынесли её выше.",
    ),
    Said(
        "service-chat",
        9,
        "denis",
        "missing",
        "Что писать, если клиент пропал посреди чата?",
        TaskState.DROPPED,
        "Это в статье об ожидании и переводе: там общий порядок для звонков и чатов.",
    ),
    Said("telephony-dtmf", 5, "anna", "wrong", "В меню Yealink этот пункт называется иначе"),
    Said("telephony-dtmf", 3, "denis", "wrong", "в меню Yealink этот пункт называется иначе"),
    Said("equipment-yealink-setup", 0.2, "anna", "missing", "Нет шага для T33"),
    Said("billing-suspension", 1, None, "unclear", "Когда включат после оплаты в выходной?"),
    Said("billing-suspension", 0.4, None, "unclear"),
)
# Articles that readers found good and how often.
HELPED = {
    "telephony-forwarding": 26,
    "telephony-dtmf": 9,
    "billing-tariffs": 17,
    "billing-suspension": 12,
    "equipment-yealink-setup": 7,
    "service-chat": 5,
}


def seed_feedback(*, cast: dict[str, Employee], now: datetime.datetime, seed: int) -> int:
    """Write what readers said and what was answered; how many remarks there are."""
    rng = random.Random(seed + 9)
    articles = {one.source_id: one for one in ArticlePage.objects.filter(source_id__in=HELPED)}
    for said in SAID:
        if said.article in articles:
            _say(said, articles[said.article], cast, now)
    for source_id, times in HELPED.items():
        if source_id in articles:
            _helped(articles[source_id], times, rng, now)
    return Feedback.objects.count()


def _say(said: Said, article: ArticlePage, cast: dict[str, Employee], now) -> None:
    at = now - datetime.timedelta(days=said.days_ago)
    corrected = said.state == TaskState.DONE
    feedback = give(
        article=article,
        key=uuid.uuid5(article.uuid, f"{said.by} {said.days_ago}"),
        reason=said.reason,
        words=said.words,
        number=article.version - 1 if corrected else article.version,
        viewer=Viewer.of(cast[said.by].user, at) if said.by else ANONYMOUS,
        address=str(uuid.uuid4()),
        now=at,
    )
    if said.state:
        answer(
            task=ContentTask.objects.select_related("article").get(pk=feedback.task_id),
            state=said.state,
            words=said.answer,
            viewer=Viewer.of(cast["editor"].user, at),
            now=at + datetime.timedelta(hours=20),
        )


def _helped(article: ArticlePage, times: int, rng: random.Random, now) -> None:
    """Customers and colleagues who pressed Yes and said no more."""
    Feedback.objects.bulk_create(
        Feedback(
            key=uuid.uuid5(article.uuid, f"helped {number}"),
            article=article,
            number=article.version,
            helped=True,
            given_at=now - datetime.timedelta(days=rng.uniform(0, 30)),
        )
        for number in range(times)
    )
