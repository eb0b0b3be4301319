"""What the log tells editors, question by question, and the one click from a row to a task."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from kb.choices import Audience, TaskKind
from kb.models import ContentTask
from search import indexing, log
from search.models import SearchLog
from search.reports import AGAIN, EMPTY, SLOW, SLOW_MILLISECONDS, UNOPENED

pytestmark = pytest.mark.django_db

START = timezone.now() - datetime.timedelta(hours=1)


def asked(query, who="a", *, after=0, hits=3, opened=None, ms=5):
    """One row of the log, ``after`` seconds past the start."""
    return SearchLog.objects.create(
        asked_at=START + datetime.timedelta(seconds=after),
        query=query,
        query_key=log.key_of(query),
        who=who,
        staff=True,
        hits=hits,
        ending="opened" if opened else "paused",
        opened=opened,
        milliseconds=ms,
    )


@pytest.fixture
def report(editor, client_of):
    """Reads the report with one outcome chosen: the questions in their order."""

    def read(outcome=""):
        page = client_of(editor).get(reverse("search_searches"), {"outcome": outcome})
        return [row["query_key"] for row in page.context["object_list"]]

    return read


def test_each_outcome_lists_its_questions_and_no_others(report, write_article):
    article = write_article(publish=True)
    asked("колбек", hits=0)
    asked("тариф", after=10, opened=article.uuid)
    asked("тариф", "b", after=20)
    asked("роуминг", "c", after=30)
    asked("очередь", "d", after=40, opened=article.uuid, ms=SLOW_MILLISECONDS + 1)
    asked("запись", "e", after=50, opened=article.uuid, ms=SLOW_MILLISECONDS + 9)

    assert report(EMPTY) == ["колбек"]
    assert set(report(UNOPENED)) == {"роуминг"}
    assert report(SLOW) == ["запись", "очередь"]
    assert report()[0] == "тариф"


def test_asked_in_other_words_within_a_minute_by_the_same_person(report):
    asked("переад")
    asked("переадресация", after=5)
    asked("перевод звонка", after=50)
    asked("очередь", "b", after=55)
    asked("запись", "b", after=120)

    assert report(AGAIN) == ["переадресация"]
    row = SearchLog.objects.by_query().get(query_key="переадресация")
    assert (row["again_times"], row["times"]) == (1, 1)


def test_one_click_makes_a_task_for_the_owner_of_what_is_found(
    section, editor, write_article, client_of
):
    section.content_owner = editor
    section.save()
    found = write_article("Запись разговоров", publish=True, audience=Audience.INTERNAL)
    indexing.catch_up()
    asked("запись разговоров")
    asked("запись барабашки", after=10, hits=0)
    client, address = client_of(editor), reverse("search_searches_task")

    for question in ("запись разговоров", "запись барабашки", "запись разговоров"):
        assert client.post(address, {"question": question}).status_code == 302

    tasks = {task.kind: task for task in ContentTask.objects.all()}
    assert set(tasks) == {TaskKind.UNHELPFUL, TaskKind.GAP}
    assert tasks[TaskKind.UNHELPFUL].article == found
    assert {task.owner for task in tasks.values()} == {editor}
    page = client.get(reverse("search_searches")).content.decode()
    assert page.count(reverse("content_tasks:edit", args=[tasks[TaskKind.GAP].pk])) == 1
    assert address not in page


def test_only_what_somebody_asked_becomes_a_task_and_only_by_who_reads_the_log(
    editor, anna, client_of
):
    asked("очередь")

    assert client_of(editor).post(reverse("search_searches_task"), {"question": "нет"}).status_code
    assert client_of(anna).post(reverse("search_searches_task"), {"question": "очередь"})
    assert not ContentTask.objects.exists()


def test_the_report_takes_as_many_queries_for_thirty_questions_as_for_one(
    editor, client_of, django_assert_max_num_queries
):
    client = client_of(editor)
    asked("вопрос")
    client.get(reverse("search_searches"))
    for number in range(30):
        asked(f"вопрос {number}", after=number)

    # Twelve are of the admin around it.
    with django_assert_max_num_queries(14):
        client.get(reverse("search_searches"))
