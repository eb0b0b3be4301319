"""Who is told that a text waits, who is told what came of it, and that a lost message is made up for."""

import pytest
from django.utils import timezone, translation
from wagtail.models import TaskState

from kb.choices import Audience
from kb.services.approval_notices import repair_notices
from kb.services.audience import set_audience
from notifications.models import Notification
from notifications.selectors import inbox_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(viewer_of):
    """What stands in somebody's inbox, as they read it."""

    def _inbox(employee) -> list[str]:
        with translation.override("en"):
            _page, items = inbox_page(viewer_of(employee), number=1, at=timezone.now())
            return [item.rendered.line for item in items]

    return _inbox


def test_those_who_may_approve_are_told_and_who_wrote_it_is_not(
    write_article, submit, editor, second_editor, sergey, administrator, anna, inbox
):
    submit(write_article(), editor)

    for person in (second_editor, sergey, administrator):
        assert inbox(person) == ["Waits for your approval, sent by Мария Ветрова"]
    assert inbox(editor) == inbox(anna) == []


def test_once_approved_the_question_is_gone_and_the_author_knows(
    write_article, submit, approve, editor, second_editor, sergey, inbox
):
    article = write_article()
    submit(article, editor)
    approve(article, second_editor)

    assert inbox(sergey) == inbox(second_editor) == []
    assert inbox(editor) == ["Павел Зимин: approved"]


def test_requested_changes_reach_the_author_with_the_comment(
    write_article, submit, editor, second_editor, fresh, inbox
):
    article = write_article()
    submit(article, editor)
    page = fresh(article)
    page.current_workflow_task.on_action(
        page.current_workflow_task_state, second_editor.user, "reject", comment="Нет цены."
    )

    assert inbox(editor) == ["Павел Зимин requests changes: Нет цены."]
    assert inbox(second_editor) == []


def test_a_submission_that_is_called_off_asks_nobody(
    write_article, submit, editor, second_editor, inbox
):
    state = submit(write_article(), editor)
    state.cancel(user=editor.user)

    assert inbox(second_editor) == []


def test_what_a_lead_may_not_read_any_more_leaves_their_inbox(
    write_article, submit, editor, sergey, administrator, line_two, inbox
):
    article = write_article()
    submit(article, editor)
    set_audience(
        article=article,
        audience=Audience.TEAMS,
        teams=[line_two],
        by=administrator.user,
        now=timezone.now(),
    )

    assert inbox(sergey) == []


def test_messages_that_were_lost_are_made_up_for_once(
    write_article, submit, approve, editor, second_editor, sergey, inbox
):
    waiting, answered = write_article("Одна"), write_article("Другая")
    submit(waiting, editor)
    submit(answered, editor)
    approve(answered, second_editor)
    Notification.objects.all().delete()

    assert repair_notices(now=timezone.now()) == 3
    assert repair_notices(now=timezone.now()) == 0
    assert inbox(sergey) == ["Waits for your approval, sent by Мария Ветрова"]
    assert inbox(editor) == ["Павел Зимин: approved"]


def test_the_queries_of_a_kind_do_not_grow_with_its_rows(
    write_article, submit, editor, second_editor, viewer_of, django_assert_max_num_queries
):
    for number in range(6):
        submit(write_article(f"Статья {number}"), editor)
    assert TaskState.objects.count() == 6
    viewer = viewer_of(second_editor)

    with django_assert_max_num_queries(6):
        _page, items = inbox_page(viewer, number=1, at=timezone.now())

    assert len(items) == 6
