"""Confirming a version: one act, one row, one check; who may, what is refused, what a second click finds."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from common.ledger import broken_links
from competence.choices import EventType
from competence.models import CompetenceEvent, EventBasis
from kb.choices import Manner
from kb.models import Acknowledgement
from kb.refusals import NothingToConfirm, QuestionsLeft
from kb.selectors.duties import outstanding_for
from kb.selectors.progress import progress_of
from kb.services.changes import withdraw_notice
from kb.services.confirming import answer, state
from people.models import Position
from people.services.absence import record_leave

pytestmark = pytest.mark.django_db


def test_saying_so_confirms_the_version_and_clears_the_cell(
    forwarding, holders, anna, change, cell_of, telephony, key, now
):
    before = cell_of(anna, telephony).until
    notice = change(forwarding)

    row = state(notice=notice, employee=anna, key=key(), by=anna.user, now=now)

    cell = cell_of(anna, telephony)
    assert (row.number, row.manner) == (2, Manner.STATED)
    assert (cell.state, cell.level, cell.until) == ("current", 2, before)
    check = CompetenceEvent.objects.get(type="check")
    assert (check.employee, check.competence, check.level) == (anna, telephony, None)
    assert list(EventBasis.objects.filter(event=check).values_list("article_uuid", "number")) == [
        (forwarding.uuid, 2)
    ]
    assert outstanding_for(anna, now) == []


def test_twice_is_once(forwarding, holders, anna, change, key, now):
    notice = change(forwarding)

    rows = [state(notice=notice, employee=anna, key=key(), by=anna.user, now=now) for _n in (1, 2)]

    assert rows[0] == rows[1]
    assert Acknowledgement.objects.count() == CompetenceEvent.objects.filter(type="check").count()


def test_questions_are_answered_and_the_last_right_one_confirms(
    forwarding, holders, anna, change, questions, cell_of, telephony, key, now
):
    notice = change(forwarding)
    act = {"notice": notice, "employee": anna, "by": anna.user, "now": now}

    assert not answer(ref="how-long", given=["20"], key=key(), **act).right
    first = answer(ref="how-long", given=["30"], key=key(), **act)
    assert (first.right, first.acknowledgement) == (True, None)
    assert cell_of(anna, telephony).state == "stale"
    last = answer(ref="says-so", given=["yes"], key=key(), **act)

    assert (last.acknowledgement.manner, last.acknowledgement.questions) == ("answered", 2)
    assert cell_of(anna, telephony).state == "current"


def test_an_answer_sent_twice_finds_the_first_result(
    forwarding, holders, anna, change, questions, key, now
):
    notice = change(forwarding)
    once = key()
    act = {"notice": notice, "employee": anna, "by": anna.user, "now": now, "key": once}

    assert not answer(ref="how-long", given=["20"], **act).right
    assert not answer(ref="how-long", given=["30"], **act).right


def test_where_there_are_questions_a_word_is_not_enough(
    forwarding, holders, anna, change, questions, key, now
):
    notice = change(forwarding)

    with pytest.raises(QuestionsLeft):
        state(notice=notice, employee=anna, key=key(), by=anna.user, now=now)
    with pytest.raises(NothingToConfirm):
        answer(
            notice=notice,
            employee=anna,
            ref="another",
            given=["1"],
            key=key(),
            by=anna.user,
            now=now,
        )


def test_whom_it_does_not_concern_has_nothing_to_confirm(forwarding, holders, hr, change, key, now):
    hr.assignments.update(position=Position.objects.create(name="Специалист по персоналу"))
    notice = change(forwarding)

    with pytest.raises(NothingToConfirm):
        state(notice=notice, employee=hr, key=key(), by=hr.user, now=now)


def test_a_withdrawn_change_cannot_be_confirmed_but_what_was_confirmed_stays(
    forwarding, holders, anna, olga, editor, change, key, now
):
    notice = change(forwarding)
    state(notice=notice, employee=olga, key=key(), by=olga.user, now=now)
    withdraw_notice(notice=notice, reason="Не то", by=editor.user, now=now)

    with pytest.raises(NothingToConfirm):
        state(notice=notice, employee=anna, key=key(), by=anna.user, now=now)
    assert Acknowledgement.objects.get().employee == olga
    assert outstanding_for(anna, now) == []


def test_a_newer_change_of_the_article_answers_for_the_older_one(
    forwarding, holders, anna, change, key, now
):
    change(forwarding)
    newer = change(forwarding, answer="Гудок 40 секунд.", now_holds="Гудок 40 секунд")

    assert [duty.notice for duty in outstanding_for(anna, now)] == [newer]
    state(notice=newer, employee=anna, key=key(), by=anna.user, now=now)
    assert outstanding_for(anna, now) == []


def test_a_full_quiz_that_covers_the_change_answers_it_too(
    forwarding, holders, anna, change, happened, telephony, now
):
    notice = change(forwarding)
    happened(anna, telephony, EventType.QUIZ, level=2, passed=True, covers_changes=True)

    assert outstanding_for(anna, now) == []
    assert notice.asks


def test_who_was_hired_after_it_learns_the_new_text_and_is_not_asked(
    forwarding, holders, denis, change, now, today, later
):
    with later(days=-20):
        notice = change(forwarding)

    assert denis.hired_on > timezone.localdate(notice.announced_at)
    assert outstanding_for(denis, now) == []


def test_a_lead_sees_who_has_and_who_has_not_and_an_editor_only_how_many(
    forwarding, holders, anna, olga, sergey, editor, change, key, viewer_of, now
):
    notice = change(forwarding)
    state(notice=notice, employee=olga, key=key(), by=olga.user, now=now)

    (line,) = progress_of(viewer_of(sergey), now)
    assert (line.done, len(line.asked)) == (1, 2)
    assert [one.employee for one in line.missing] == [anna]
    (line,) = progress_of(viewer_of(editor), now)
    assert (line.done, line.left, line.missing, line.knowing) == (1, 1, [], [])
    assert progress_of(viewer_of(anna), now) == []


def test_what_must_be_confirmed_costs_the_same_queries_however_much_it_is(
    forwarding,
    holders,
    anna,
    write_article,
    teach,
    telephony,
    change,
    django_assert_num_queries,
    now,
):
    change(forwarding)
    with django_assert_num_queries(7) as one:
        assert len(outstanding_for(anna, now)) == 1
    for number in range(3):
        article = write_article(f"Статья {number}", publish=True)
        teach(article, telephony)
        change(article)

    with django_assert_num_queries(len(one)):
        assert len(outstanding_for(anna, now)) == 4


def test_confirmations_stand_in_a_chain_and_are_never_changed(
    forwarding, holders, anna, change, key, now
):
    notice = change(forwarding)
    state(notice=notice, employee=anna, key=key(), by=anna.user, now=now)

    assert broken_links(Acknowledgement) == []
    table = Acknowledgement._meta.db_table
    for statement in (f"UPDATE {table} SET questions = 3", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_who_was_on_leave_has_a_later_day(forwarding, holders, anna, change, telephony, now, today):
    record_leave(
        employee=anna,
        starts_on=today + datetime.timedelta(days=5),
        ends_on=today + datetime.timedelta(days=18),
        by=anna.user,
    )
    change(forwarding)

    (duty,) = outstanding_for(anna, now)
    assert duty.check_by == today + datetime.timedelta(days=19 + 14)
