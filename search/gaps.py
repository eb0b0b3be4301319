"""Questions without a good answer become tasks: somebody says so, an editor sees it, or three people have asked."""

import datetime
import re

from django.core import signing
from django.utils.translation import gettext as _

from kb.choices import TaskKind
from kb.models import ContentTask, SectionPage
from kb.services import content_tasks
from people.viewer import EVERYTHING, Viewer
from search import analysis, log, services
from search.asked import PEOPLE, SOURCE, UNHELPFUL
from search.models import LogKey, SearchLog

LETTERS = re.compile(r"[^\W\d_]{2}")


def report(*, token: str, viewer: Viewer, now: datetime.datetime) -> ContentTask | None:
    """Pass on that an answer is missing; the task, or None if the token is not ours or asks nothing.

    Reporting again joins the task that is there.
    """
    try:
        query = log.query_of(token)
    except (signing.BadSignature, ValueError):
        return None
    if not analysis.fold(query).strip():
        return None
    task = open_task_for(query, now=now)
    if viewer.employee_id is not None:
        content_tasks.join(task=task, employee_id=viewer.employee_id, now=now)
    return task


def open_task_for(query: str, *, now: datetime.datetime, people: int = 0) -> ContentTask:
    """The task about a question without an answer, for the owner of the nearest section."""
    details = ""
    if people:
        details = _("%(n)s people asked this within two weeks and found nothing.") % {"n": people}
    return content_tasks.open_task(
        kind=TaskKind.GAP,
        about=content_tasks.About(section=nearest_section(query, at=now)),
        title=_("No answer to “%(query)s”") % {"query": query},
        details=details,
        source=SOURCE,
        source_key=log.key_of(query),
        now=now,
    )


def open_task_of_log(query_key: str, *, now: datetime.datetime) -> ContentTask | None:
    """The task about a question as the log knows it; None if nobody asked it.

    One that finds nothing goes to the owner of the nearest section, one that finds something to whoever owns the
    first of it.
    """
    asked = SearchLog.objects.filter(query_key=query_key)
    row, latest = asked.by_query().first(), asked.order_by("-asked_at").first()
    if row is None or latest is None:
        return None
    if latest.hits == 0:
        return open_task_for(row["query"], now=now, people=0)
    found = services.find(viewer=EVERYTHING, query=row["query"], at=now, limit=1).results
    article = found[0].article if found else None
    section = None if article else nearest_section(row["query"], at=now)
    return content_tasks.open_task(
        kind=TaskKind.UNHELPFUL,
        about=content_tasks.About(article=article, section=section),
        title=_("Does “%(query)s” find what people need?") % {"query": row["query"]},
        details=_(
            "Asked: %(times)s. Opened or copied: %(opened)s. Asked in other words within a minute: %(again)s. "
            "The slowest answer took %(ms)s ms."
        )
        % {
            "times": row["times"],
            "opened": row["opened_times"],
            "again": row["again_times"],
            "ms": row["slowest"],
        },
        source=UNHELPFUL,
        source_key=query_key,
        now=now,
    )


def nearest_section(query: str, *, at: datetime.datetime) -> SectionPage:
    """The section of the best hit once words are dropped; the root section if there is none."""
    words = [w for w in analysis.words(query) if w not in analysis.STOP_WORDS]
    plain = " ".join(words)
    singles = sorted(set(words), key=lambda word: (-len(word), word))[:6]
    for attempt in dict.fromkeys([plain, *singles]):
        if not attempt:
            continue
        found = services.find(viewer=EVERYTHING, query=attempt, at=at, limit=1)
        if found.results:
            parent = SectionPage.objects.parent_of(found.results[0].article).first()
            if parent is not None:
                return parent
    return SectionPage.objects.order_by("depth", "path").first()


def open_due_tasks(*, now: datetime.datetime) -> int:
    """Make the tasks that the log asks for: three different people within the life of one key. How many.

    Idempotent: derived from the log. What was answered after the last of those questions stays answered.
    """
    key = LogKey.objects.valid_at(now).order_by("pk").first()
    if key is None:
        return 0
    made = 0
    in_vain = SearchLog.objects.asked_since(key.starts_at).finding_nothing()
    for row in in_vain.asked_by_people(PEOPLE):
        query_key, query = row["query_key"], row["query"]
        if not LETTERS.search(query_key):
            continue
        tasks = ContentTask.objects.made_from(SOURCE, query_key[:200])
        if tasks.still_open().exists():
            continue
        closed = tasks.order_by("-closed_at").values_list("closed_at", flat=True).first()
        people = row["people"]
        if closed is not None:
            since = SearchLog.objects.asked_since(max(closed, key.starts_at)).finding_nothing()
            rows = since.filter(query_key=query_key).asked_by_people(PEOPLE)
            again = next(iter(rows), None)
            if again is None:
                continue
            people = again["people"]
        open_task_for(query, now=now, people=people)
        made += 1
    return made
