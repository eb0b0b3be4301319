"""Learning from use: which answers people open or copy for a question, and which articles readers say helped."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from kb.models import ArticlePage, Feedback
from search import learning, thesaurus
from search.learning import Lesson, Use
from search.models import Ending, IndexClock, SearchLog, UsedAnswer
from search.standing import Said

MEMORY = 3 * learning.HALF_LIFE
"""What was asked longer ago would weigh next to nothing."""


def learn(*, now: datetime.datetime) -> int:
    """Put what the log teaches now in the place of what it taught before; the number of lessons.

    Idempotent. An emptied log teaches nothing, and ranking is as if there were none.
    """
    recent = uses(since=now - MEMORY, before=now)
    fresh = [_row(lesson) for lesson in learning.lessons(recent, now=now)]
    with transaction.atomic():
        UsedAnswer.objects.all().delete()
        UsedAnswer.objects.bulk_create(fresh, batch_size=200)
        IndexClock.renew_wording()
    return len(fresh)


def lessons_kept() -> Iterator[Lesson]:
    """What was learned last."""
    rows = UsedAnswer.objects.values_list("question", "article_id", "staff", "weight")
    for question, article, staff, weight in rows:
        yield Lesson(frozenset(question.split(" ")), article, staff, weight)


def what_readers_say(*, before: datetime.datetime | None = None) -> Iterator[Said]:
    """How often each article helped readers of its version in force; what was said of older ones is answered."""
    said = Feedback.objects.filter(number=F("article__version"))
    if before is not None:
        said = said.filter(given_at__lt=before)
    rows = (
        said.order_by()
        .values("article_id", staff=Q(employee__isnull=False))
        .annotate(yes=_readers(helped=True), no=_readers(helped=False))
    )
    for row in rows:
        yield Said(row["article_id"], row["staff"], row["yes"], row["no"])


def _readers(*, helped: bool) -> Count:
    """So many different employees; of customers nobody knows who they are, and each row is one."""
    reader = Coalesce("employee_id", -F("pk"))
    return Count(reader, distinct=True, filter=Q(helped=helped))


def uses(*, before: datetime.datetime, since: datetime.datetime | None = None) -> Iterator[Use]:
    """The searches that ended with an article and were not followed at once by another, in order of time."""
    log = SearchLog.objects.asked_before(before).order_by("asked_at", "pk")
    if since is not None:
        log = log.asked_since(since)
    rows = list(log.values_list("query", "opened", "staff", "who", "asked_at", "ending"))
    articles = dict(ArticlePage.objects.order_by().values_list("uuid", "pk"))
    helped = learning.helped([(row[3], row[4]) for row in rows])
    for (query, opened, staff, who, at, ending), settled in zip(rows, helped, strict=True):
        copied = ending == Ending.COPIED
        if opened in articles and (settled or copied):
            terms = frozenset(thesaurus.phrase(query).terms)
            yield Use(terms, articles[opened], staff, who, at, copied, query)


def _row(lesson: Lesson) -> UsedAnswer:
    return UsedAnswer(
        question=" ".join(sorted(lesson.terms))[:400],
        article_id=lesson.article,
        staff=lesson.staff,
        weight=lesson.weight,
    )
