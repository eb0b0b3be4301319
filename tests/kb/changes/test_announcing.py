"""A version is published with a word on what changed: whom it reaches, what it does, what is refused."""

import datetime

import pytest
from django.utils import timezone, translation

from competence.models import MaterialChange
from kb.choices import Audience, ChangeSize
from kb.models import ArticlePage, ChangeNotice, PendingChange
from kb.refusals import ApprovalRefused, ChangeRefused
from kb.services.audience import set_audience
from kb.services.changes import announce, describe, withdraw_notice
from kb.services.versions import call_off, put_in_force
from notifications.models import Notification
from notifications.selectors import inbox_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(viewer_of):
    """What stands in somebody's inbox: title, line and why."""

    def _inbox(employee) -> list[tuple[str, str, str]]:
        with translation.override("en"):
            _page, items = inbox_page(viewer_of(employee), number=1, at=timezone.now())
            return [(one.rendered.title, one.rendered.line, one.rendered.why) for one in items]

    return _inbox


def day_ahead(today, days):
    """As it stands in a sentence."""
    day = today + datetime.timedelta(days=days)
    return f"{day.day} {day:%B}"


def test_a_change_to_confirm_makes_cells_stale_and_says_so_to_whom_it_concerns(
    forwarding, holders, anna, editor, change, cell_of, telephony, today, inbox
):
    notice = change(forwarding)

    cell = cell_of(anna, telephony)
    assert (cell.state, cell.check_by) == ("stale", today + datetime.timedelta(days=14))
    assert inbox(anna) == [
        (
            "Переадресация звонков, version 2",
            f"Check by {day_ahead(today, 14)}. Now: Гудок 30 секунд",
            "To you: your record has «IP-телефония»",
        )
    ]
    assert (notice.was, notice.now, notice.say) == (
        "Гудок 20 секунд",
        "Гудок 30 секунд",
        "Подождите до 30 секунд",
    )
    assert not PendingChange.objects.exists()


def test_a_lead_is_told_once_in_one_line(forwarding, holders, sergey, change, inbox, today):
    change(forwarding)

    lines = [line for _title, line, why in inbox(sergey) if "your people" in why]
    assert lines == [f"Check by {day_ahead(today, 14)}: 0 of 2"]
    assert Notification.objects.filter(recipient=sergey, kind="kb.change_led").count() == 1


def test_notify_tells_and_asks_nothing(
    forwarding, holders, anna, change, cell_of, telephony, inbox
):
    change(forwarding, ChangeSize.NOTIFY)

    assert cell_of(anna, telephony).state == "current"
    assert [line for _title, line, _why in inbox(anna)] == ["Now: Гудок 30 секунд"]
    assert not MaterialChange.objects.exists()


def test_a_minor_change_does_nothing(forwarding, holders, anna, change, cell_of, telephony, inbox):
    notice = change(forwarding, ChangeSize.MINOR)

    assert notice.size == ChangeSize.MINOR
    assert cell_of(anna, telephony).state == "current"
    assert inbox(anna) == []


def test_without_a_word_a_version_is_a_minor_change(forwarding, holders, fresh):
    draft = fresh(forwarding).get_latest_revision_as_object()
    draft.answer = "Исправлена запятая."
    draft.save_revision().publish()

    assert fresh(forwarding).version == 2
    assert not ChangeNotice.objects.exists()


def test_people_train_before_the_day_and_readers_get_the_old_text_until_then(
    forwarding, holders, anna, change, cell_of, telephony, fresh, today, later
):
    notice = change(forwarding, hours=48)

    assert fresh(forwarding).answer == "Гудок 20 секунд."
    cell = cell_of(anna, telephony)
    assert (cell.state, cell.check_by) == ("current", today + datetime.timedelta(days=16))
    assert notice.effective_at == notice.version.effective_at
    with later(hours=49):
        assert put_in_force(now=timezone.now()) == 1
    assert fresh(forwarding).answer == "Гудок 30 секунд."


def test_a_version_called_off_asks_nobody_any_more(
    forwarding, holders, anna, editor, change, cell_of, telephony, inbox, fresh
):
    notice = change(forwarding, hours=48)
    call_off(
        article=fresh(forwarding),
        revision_id=notice.version.revision_id,
        by=editor.user,
        now=timezone.now(),
    )

    assert cell_of(anna, telephony).check_by is None
    assert inbox(anna) == []


def test_a_new_date_for_an_announced_change_takes_its_words_along(
    forwarding, holders, change, fresh, anna, inbox
):
    first = change(forwarding, hours=48)
    draft = fresh(forwarding).get_latest_revision().as_object()
    draft.go_live_at = timezone.now() + datetime.timedelta(hours=72)
    revision = draft.save_revision()
    revision.publish()
    second = ChangeNotice.objects.filter(article_uuid=forwarding.uuid).order_by("-number").first()

    # Another revision is another version; the older one waits on and is passed over at its moment.
    assert first.pk == second.pk or second.words() == first.words()
    assert len(inbox(anna)) == 1


def test_what_is_told_says_what_holds_now(forwarding, holders, change):
    with pytest.raises(ChangeRefused):
        change(forwarding, ChangeSize.NOTIFY, now_holds="  ")

    assert not ChangeNotice.objects.exists()


def test_nobody_can_be_asked_about_an_article_that_teaches_nothing(write_article, change):
    article = write_article(publish=True)

    with pytest.raises(ChangeRefused, match="компетенции"):
        change(article)
    assert change(article, ChangeSize.NOTIFY).tells


@pytest.mark.parametrize("risk", ["high", "critical"])
def test_a_high_risk_needs_a_question_or_a_reason_with_a_name(
    forwarding, holders, change, telephony, editor, risk
):
    telephony.risk = risk
    telephony.save()

    with pytest.raises(ChangeRefused, match="вопросов по этой версии нет"):
        change(forwarding)
    notice = change(forwarding, waiver="Изменилось одно число, оно в самом извещении.")
    assert (notice.waiver, notice.written_by) == (
        "Изменилось одно число, оно в самом извещении.",
        editor.user,
    )


def test_a_high_risk_with_questions_goes_without_a_reason(
    forwarding, holders, change, telephony, questions
):
    telephony.risk = "high"
    telephony.save()

    assert change(forwarding).waiver == ""


def test_who_may_not_edit_says_nothing(forwarding, anna, now):
    with pytest.raises(ChangeRefused):
        describe(
            article=ArticlePage.objects.get(pk=forwarding.pk),
            size=ChangeSize.CONFIRM,
            now_holds="Всё иначе",
            by=anna.user,
            now=now,
        )


def test_what_an_approver_saw_is_what_is_announced(
    forwarding, holders, submit, approve, editor, second_editor, fresh, now
):
    describe(article=forwarding, size="notify", now_holds="Одно", by=editor.user, now=now)
    submit(forwarding, editor, answer="Гудок 30 секунд.")
    PendingChange.objects.update(size="confirm", now="Другое")

    with pytest.raises(ApprovalRefused):
        approve(forwarding, second_editor)
    PendingChange.objects.update(size="notify", now="Одно")
    approve(forwarding, second_editor)
    assert ChangeNotice.objects.get().now == "Одно"


def test_chosen_teams_hear_of_their_articles_and_nobody_else_does(
    forwarding, holders, hire, at_level_2, telephony, line_two, change, anna, administrator, inbox
):
    stranger = hire("Инна Дёмина", "inna", "operator", team=line_two)
    at_level_2(stranger, telephony)
    set_audience(
        article=forwarding,
        audience=Audience.TEAMS,
        teams=[line_two],
        by=administrator.user,
        now=timezone.now(),
    )

    notice = change(forwarding)

    assert inbox(anna) == []
    assert len(inbox(stranger)) == 1
    assert Notification.objects.filter(params={"notice": notice.pk}).count() == 1


def test_announcing_twice_tells_once(forwarding, holders, change, now):
    notice = change(forwarding)
    told = Notification.objects.count()

    assert announce(notice=notice, now=now) == 0
    assert Notification.objects.count() == told
    assert MaterialChange.objects.count() == 1


def test_a_withdrawn_change_gives_cells_back_and_leaves_the_inboxes(
    forwarding, holders, anna, sergey, editor, change, cell_of, telephony, inbox, now
):
    notice = change(forwarding)

    assert withdraw_notice(notice=notice, reason="Исправили опечатку", by=editor.user, now=now)
    assert not withdraw_notice(notice=notice, reason="Ещё раз", by=editor.user, now=now)
    assert cell_of(anna, telephony).state == "current"
    assert inbox(anna) == inbox(sergey) == []
    assert ChangeNotice.objects.get().withdrawal_reason == "Исправили опечатку"


def test_an_article_that_is_taken_off_asks_nobody(
    forwarding, holders, anna, change, cell_of, telephony, fresh
):
    change(forwarding)
    fresh(forwarding).unpublish()

    assert cell_of(anna, telephony).state == "current"
    assert ChangeNotice.objects.get().withdrawn_at is not None
