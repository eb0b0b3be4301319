"""Verification: signed beside the text, by who answers for it, of the version they had before them."""

import datetime
import uuid

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from common.ledger import broken_links
from kb.choices import ChangeSize
from kb.models import ArticlePage, Verification
from kb.refusals import NotVerified
from kb.reviewers import planned_for, planned_this_week
from kb.services.changes import describe
from kb.services.review_reminders import remind_of_reviews
from kb.services.verifying import follow_verifications, take_back, verify
from notifications.extensions import kind_named
from notifications.models import Notification

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.timedelta(days=200)


@pytest.fixture
def article(write_article, olga):
    """In force for 200 days, where 180 are allowed; Olga owns it, nobody has verified it."""
    article = write_article(publish=True, content_owner=olga)
    ArticlePage.objects.filter(pk=article.pk).update(
        first_published_at=timezone.now() - LONG_AGO, last_published_at=timezone.now() - LONG_AGO
    )
    return ArticlePage.objects.get(pk=article.pk)


@pytest.fixture
def sign(viewer_of):
    """``sign(article, olga)``: as if she pressed the button now."""

    def _sign(article, person, **fields):
        fields = {"number": article.version, "how": "tried", "key": uuid.uuid4()} | fields
        with override("en"):
            return verify(article=article, viewer=viewer_of(person), now=timezone.now(), **fields)

    return _sign


def overdue(article) -> bool:
    return ArticlePage.objects.due_for_review(timezone.now()).filter(pk=article.pk).exists()


# --- who, when, which version, how -----------------------------------------------------------------------------------


def test_the_owner_signs_and_the_interval_begins_anew(article, olga, sign, fresh, now):
    assert overdue(article)
    assert fresh(article).is_overdue(now)

    signed = sign(article, olga)

    assert (signed.number, signed.how, signed.actor) == (1, "tried", olga.user)
    assert signed.text_sha256 == signed.version.snapshot_sha256
    assert not overdue(article)
    assert fresh(article).review_due_at == signed.recorded_at + datetime.timedelta(days=180)
    assert (fresh(article).version, fresh(article).latest_revision) == (1, article.latest_revision)


@pytest.mark.parametrize(
    ("risk", "days"), [("critical", 90), ("high", 90), ("normal", 180), ("low", 365)]
)
def test_the_risk_says_how_long_a_look_lasts(article, risk, days):
    article.risk = risk

    assert article.review_due_at == article.first_published_at + datetime.timedelta(days=days)


def test_whoever_owns_the_section_answers_where_nobody_else_does(
    write_article, section, ilya, anna, sign
):
    section.content_owner = ilya
    section.save()
    article = write_article(publish=True)

    assert sign(article, ilya).actor == ilya.user
    with pytest.raises(NotVerified, match="owner"):
        sign(article, anna)


def test_a_verifier_and_an_editor_sign_too_and_a_reader_does_not(article, anna, editor, ilya, sign):
    article.verifier = ilya

    assert sign(article, ilya)
    assert sign(article, editor)
    with pytest.raises(NotVerified, match="owner"):
        sign(article, anna)


def test_what_has_changed_meanwhile_is_not_signed(article, olga, sign, fresh):
    fresh(article).save_revision().publish()

    with pytest.raises(NotVerified, match="changed meanwhile"):
        sign(article, olga)


def test_nobody_signs_by_hand_that_they_approved_a_version(article, olga, sign):
    with pytest.raises(NotVerified, match="how"):
        sign(article, olga, how="approved")


def test_a_second_click_signs_nothing(article, olga, sign):
    key = uuid.uuid4()

    assert sign(article, olga, key=key) == sign(article, olga, key=key)
    assert Verification.objects.count() == 1


# --- the record ------------------------------------------------------------------------------------------------------


def test_what_was_signed_by_mistake_is_taken_back_by_a_row(
    article, olga, sign, fresh, viewer_of, now
):
    first, second = sign(article, olga), sign(article, olga)

    for _time in range(2):
        take_back(verification=second, viewer=viewer_of(olga), now=timezone.now())
    assert Verification.objects.count() == 3
    assert fresh(article).verified_at == first.recorded_at

    take_back(verification=first, viewer=viewer_of(olga), now=timezone.now())
    assert fresh(article).verified_at is None
    assert overdue(article)
    assert follow_verifications() == 0
    assert broken_links(Verification) == []


def test_nobody_takes_back_what_another_has_signed(article, olga, editor, sign, viewer_of, now):
    signed = sign(article, olga)

    with pytest.raises(NotVerified):
        take_back(verification=signed, viewer=viewer_of(editor), now=now)


def test_a_mistake_is_said_among_the_reviews_and_stands_in_the_history(
    article, olga, sign, as_person
):
    signed = sign(article, olga)
    client = as_person(olga)
    client.cookies["language"] = "en"
    assert "Signed by mistake" in client.get("/kb/reviews/").content.decode()

    client.post(reverse("verification_take_back", args=[signed.pk]))

    assert "Signed by mistake" not in client.get("/kb/reviews/").content.decode()
    history = client.get(reverse("article_history", args=[article.uuid])).content.decode()
    assert "taken back" in history
    again = client.post(reverse("verification_take_back", args=[signed.pk]))
    assert again.status_code == 302, "a second click says no more than the first"
    assert Verification.objects.count() == 2


def test_what_is_signed_stays_as_it_is_and_a_forgery_is_found(article, olga, sign, unguarded):
    sign(article, olga)
    sign(article, olga)
    assert broken_links(Verification) == []
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Verification.objects.update(how="read")

    with unguarded(Verification):
        Verification.objects.filter(seq=1).update(how="asked")

    assert "content does not match" in broken_links(Verification)[0]


def test_the_sweep_takes_the_moment_from_the_record(article, olga, sign, fresh):
    signed = sign(article, olga)
    assert follow_verifications() == 0
    ArticlePage.objects.filter(pk=article.pk).update(verified_at=None)

    assert follow_verifications() == 1
    assert fresh(article).verified_at == signed.recorded_at


# --- a new version ---------------------------------------------------------------------------------------------------


@pytest.fixture
def publish(article, editor, second_editor, submit, approve):
    """``publish(ChangeSize.NOTIFY)``: one editor writes, the other approves."""

    def _publish(size, answer="Гудок 30 секунд."):
        submit(article, editor, answer=answer)
        describe(
            article=ArticlePage.objects.get(pk=article.pk),
            size=size,
            now_holds="Гудок 30",
            by=editor.user,
            now=timezone.now(),
        )
        task = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state.specific
        type(task).objects.filter(pk=task.pk).update(submitted_digest="")
        approve(article, second_editor)

    return _publish


def test_a_change_that_a_second_person_approved_begins_the_interval_anew(
    article, publish, second_editor
):
    publish(ChangeSize.NOTIFY)

    signed = Verification.objects.get()
    assert (signed.number, signed.how, signed.actor) == (2, "approved", second_editor.user)
    assert not overdue(article)


def test_a_comma_begins_nothing(article, publish):
    publish(ChangeSize.MINOR)

    assert not Verification.objects.exists()
    assert overdue(article)


def test_what_its_writer_publishes_alone_begins_nothing(article, administrator, fresh):
    draft = fresh(article).get_latest_revision_as_object()
    draft.answer = "Гудок 30 секунд."
    revision = draft.save_revision(user=administrator.user)
    describe(
        article=fresh(article),
        size=ChangeSize.NOTIFY,
        now_holds="Гудок 30",
        by=administrator.user,
        now=timezone.now(),
    )
    revision.publish(user=administrator.user)

    assert fresh(article).version == 2
    assert not Verification.objects.exists()


def test_a_new_article_was_looked_at_by_who_approved_it(
    write_article, submit, approve, editor, second_editor
):
    article = write_article()
    submit(article, editor, answer="Новый ответ.")
    approve(article, second_editor)

    assert Verification.objects.get().actor == second_editor.user


# --- a week ----------------------------------------------------------------------------------------------------------


def test_five_of_a_backlog_fall_on_this_week_and_none_follows_when_they_are_done(
    write_article, olga, viewer_of, sign, now
):
    for number in range(8):
        one = write_article(f"Статья {number}", publish=True, content_owner=olga)
        ArticlePage.objects.filter(pk=one.pk).update(first_published_at=now - LONG_AGO)
    viewer = viewer_of(olga)

    first = planned_this_week(viewer, now)
    assert len(first) == 5
    whole = planned_for(viewer, now)
    assert [one for one in whole if one.week == first[0].week] == first
    assert len(whole) == 8
    for planned in first:
        sign(ArticlePage.objects.get(pk=planned.article_id), olga)

    assert planned_this_week(viewer, now) == []


def test_what_somebody_may_not_read_is_not_theirs_to_review(
    article, olga, viewer_of, line_two, now
):
    ArticlePage.objects.filter(pk=article.pk).update(audience="teams")
    article.audience_teams.create(team=line_two)

    assert planned_for(viewer_of(olga), now) == []


def test_reviews_go_to_the_verifier_before_the_owner_and_to_the_nearest_section(
    write_article, section, root_section, olga, ilya, denis, viewer_of, now
):
    root_section.content_owner = ilya
    root_section.save()
    section.refresh_from_db()
    section.content_owner = denis
    section.save()
    write_article("Проверяет Илья", publish=True, content_owner=olga, verifier=ilya)
    write_article("Ничья в разделе", publish=True)
    write_article("Ничья у корня", publish=True, parent=root_section)

    def titles(person):
        keys = [one.article_id for one in planned_for(viewer_of(person), now)]
        return sorted(ArticlePage.objects.filter(pk__in=keys).values_list("title", flat=True))

    assert titles(ilya) == ["Ничья у корня", "Проверяет Илья"]
    assert titles(denis) == ["Ничья в разделе"]
    assert titles(olga) == []


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def page_of(client_of):
    """``page_of(anna, address)``: what somebody gets there, in English."""

    def _page_of(person, address) -> str:
        client = client_of(person)
        client.cookies["language"] = "en"
        return " ".join(client.get(address).content.decode().split())

    return _page_of


def test_a_reader_sees_that_it_is_overdue_and_a_customer_does_not(
    article, anna, page_of, client, fresh
):
    ArticlePage.objects.filter(pk=article.pk).update(audience="public")

    page = page_of(anna, article.url)
    assert "Overdue for review since" in page
    assert 'id="verify"' not in page
    client.logout()
    customer = client.get(article.url).content.decode()
    assert "Overdue" not in customer
    assert "просроч" not in customer.lower()


def test_the_owner_verifies_in_one_act_on_the_page(article, olga, client_of, page_of, fresh, now):
    assert "Still true?" in page_of(olga, article.url)
    form = {"key": str(uuid.uuid4()), "number": "1", "how": "read"}

    answer = client_of(olga).post(reverse("article_verify", args=[article.uuid]), form)

    assert answer.status_code == 302
    assert Verification.objects.get().how == "read"
    page = page_of(olga, article.url)
    assert "Overdue" not in page
    assert "read it" in page


def test_a_reader_has_no_such_act(article, anna, client_of):
    form = {"key": str(uuid.uuid4()), "number": "1", "how": "read"}

    assert (
        client_of(anna).post(reverse("article_verify", args=[article.uuid]), form).status_code
        == 404
    )
    assert not Verification.objects.exists()


def test_the_form_of_an_older_text_is_refused_in_words(article, olga, client_of, fresh):
    fresh(article).save_revision().publish()
    form = {"key": str(uuid.uuid4()), "number": "1", "how": "read"}

    client = client_of(olga)
    client.cookies["language"] = "en"
    answer = client.post(
        reverse("article_verify", args=[article.uuid]), form, headers={"hx-request": "true"}
    )

    assert answer.status_code == 422
    assert "changed meanwhile" in answer.content.decode()


def test_readers_see_in_the_history_who_verified_which_version(article, olga, anna, sign, page_of):
    sign(article, olga)

    page = page_of(anna, reverse("article_history", args=[article.uuid]))

    assert "Ольга Рябова: tried it live" in page


def test_the_page_of_reviews_has_this_week_and_later_in_a_dozen_queries(
    write_article, olga, client_of, page_of, sign, now, django_assert_max_num_queries
):
    for number in range(7):
        one = write_article(f"Статья {number}", publish=True, content_owner=olga)
        ArticlePage.objects.filter(pk=one.pk).update(first_published_at=now - LONG_AGO)
    sign(write_article("Проверена", publish=True, content_owner=olga), olga)

    client = client_of(olga)
    client.cookies["language"] = "en"
    client.get(reverse("reviews"))
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("reviews"))

    page = " ".join(answer.content.decode().split())

    this_week, later = page.split("Week of", 1)
    assert this_week.count('<li class="row') == 4
    assert "1 done" in this_week
    assert "7 articles overdue" in this_week
    assert "Проверена" in later
    assert "Articles to look at this week" in page_of(olga, "/")


def test_who_answers_for_nothing_is_told_so(anna, page_of):
    assert "You answer for no article yet" in page_of(anna, reverse("reviews"))
    assert "Articles to look at" not in page_of(anna, "/")


# --- the reminder ----------------------------------------------------------------------------------------------------


def told(person) -> list:
    return list(Notification.objects.filter(recipient=person, kind="kb.reviews_due"))


def test_a_week_is_told_once_and_no_more_when_all_of_it_is_verified(
    write_article, article, olga, anna, editor, sign, viewer_of
):
    second = write_article("Эхо", publish=True, content_owner=olga)
    ArticlePage.objects.filter(pk=second.pk).update(first_published_at=timezone.now() - LONG_AGO)
    monday = datetime.datetime(2026, 11, 30, 9, tzinfo=olga.tz)
    with time_machine.travel(monday - datetime.timedelta(minutes=1), tick=False):
        assert remind_of_reviews(now=timezone.now()) == 0
    with time_machine.travel(monday + datetime.timedelta(hours=2), tick=False):
        assert remind_of_reviews(now=timezone.now()) == 1
        assert remind_of_reviews(now=timezone.now()) == 0
        (row,) = told(olga)
        assert not told(anna)
        assert not told(editor)

        def said():
            kind, viewer = kind_named(row.kind), viewer_of(olga)
            with override("en"):
                return kind.render([row.params], viewer=viewer, at=timezone.now())[0]

        assert said().title == "2 articles to look at this week"
        assert article.title not in said().subject
        sign(article, olga)
        assert said().title == "1 article to look at this week"
        sign(second, olga)
        assert said() is None
    with time_machine.travel(monday + datetime.timedelta(days=7, hours=2), tick=False):
        assert remind_of_reviews(now=timezone.now()) == 0
