"""A question that finds nothing reaches somebody: by one key, or because three people asked it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from kb.choices import TaskKind, TaskState
from kb.models import ContentTask, SectionPage
from kb.services import content_tasks
from search import gaps, indexing, log
from search.models import LogKey, SearchLog

pytestmark = pytest.mark.django_db


@pytest.fixture
def owned(section, editor):
    """The section, with an owner."""
    section.content_owner = editor
    section.save()
    return section


def ask_in_vain(query: str, *who: str, at=None, hits: int = 0) -> None:
    """These people asked ``query`` and found ``hits``."""
    at = at or timezone.now()
    LogKey.objects.get_or_create(
        defaults={"secret": b"x" * 32, "ends_at": at + datetime.timedelta(days=10)},
        starts_at=at - datetime.timedelta(days=4),
    ) if not LogKey.objects.exists() else None
    SearchLog.objects.bulk_create(
        SearchLog(
            asked_at=at,
            query=query,
            query_key=log.key_of(query),
            who=person,
            staff=True,
            hits=hits,
            ending="paused",
            milliseconds=1,
        )
        for person in who
    )


def test_three_people_who_find_nothing_make_one_task(owned, write_article):
    write_article("Колбек с сайта", publish=True)
    indexing.catch_up()
    ask_in_vain("колбек сломался", "a", "b")
    ask_in_vain("Колбек  СЛОМАЛСЯ", "c")

    assert gaps.open_due_tasks(now=timezone.now()) == 1
    assert gaps.open_due_tasks(now=timezone.now()) == 0

    task = ContentTask.objects.get()
    assert task.kind == TaskKind.GAP
    assert task.section == owned
    assert task.owner == owned.content_owner
    assert "сломался" in task.title.casefold()


def test_one_person_who_asks_three_times_makes_none(owned):
    ask_in_vain("колбек", "a", "a", "a")
    ask_in_vain("колбек", "b")

    assert gaps.open_due_tasks(now=timezone.now()) == 0


def test_what_was_found_or_asked_under_an_older_key_does_not_count(owned):
    ask_in_vain("колбек", "a", "b")
    ask_in_vain("колбек", "c", hits=3)
    ask_in_vain("колбек", "d", at=timezone.now() - datetime.timedelta(days=6))

    assert gaps.open_due_tasks(now=timezone.now()) == 0


def test_a_number_that_was_masked_is_no_question(owned):
    ask_in_vain("### ###", "a", "b", "c")

    assert gaps.open_due_tasks(now=timezone.now()) == 0


def test_a_task_that_was_closed_comes_back_only_if_three_ask_again(owned):
    now = timezone.now()
    ask_in_vain("колбек", "a", "b", "c", at=now - datetime.timedelta(hours=3))
    gaps.open_due_tasks(now=now)
    task = ContentTask.objects.get()
    content_tasks.set_state(
        task=task, state=TaskState.DROPPED, now=now - datetime.timedelta(hours=1)
    )

    assert gaps.open_due_tasks(now=now) == 0
    ask_in_vain("колбек", "a", "d", "e", at=now)
    assert gaps.open_due_tasks(now=now) == 1


def test_without_a_hit_the_task_is_for_the_root_section(root_section, editor):
    root_section.content_owner = editor
    root_section.save()

    task = gaps.open_task_for("абракадабра", now=timezone.now())

    assert task.section == root_section
    assert task.owner == editor


def test_a_section_without_an_owner_leaves_it_to_the_one_above(section, root_section, editor):
    root = SectionPage.objects.get(pk=root_section.pk)
    root.content_owner = editor
    root.save()

    assert content_tasks.About(section=section).owner() == editor


def test_one_key_reports_the_gap_and_a_second_person_joins(
    owned, write_article, anna, olga, client_of
):
    write_article("Эхо", publish=True)
    indexing.catch_up()
    token = log.token_for(query="эхолот", hits=0, milliseconds=1)
    for person in (anna, olga, anna):
        response = client_of(person).post(
            reverse("search_gap"), {"token": token}, HTTP_HX_REQUEST="true"
        )
        assert response.status_code == 200

    task = ContentTask.objects.get()
    assert {report.employee for report in task.reports.all()} == {anna, olga}


def test_the_page_that_found_nothing_offers_the_key_to_employees_only(
    owned, anna, client_of, client
):
    indexing.catch_up()

    assert 'data-key="f"' not in client.get("/search/?q=абракадабра").content.decode()
    assert 'data-key="f"' in client_of(anna).get("/search/?q=абракадабра").content.decode()


def test_a_made_up_token_reports_nothing(owned, anna, client_of):
    client = client_of(anna)
    for form in ({}, {"token": "made up"}):
        response = client.post(reverse("search_gap"), form, HTTP_HX_REQUEST="true")
        assert response.status_code == 422

    assert not ContentTask.objects.exists()


def test_who_leaves_must_hand_the_open_tasks_over(owned, editor):
    from kb.departures import handovers

    task = content_tasks.open_task(
        kind=TaskKind.OTHER,
        about=content_tasks.About(section=owned),
        title="Дополнить раздел",
        now=timezone.now(),
    )

    assert [h.title for h in handovers(editor) if h.title == task.title]
