"""One change of the product in several articles: one note, one moment, one message, one confirmation."""

import datetime

import pytest
from django.utils import timezone

from competence.models import MaterialChange
from competence.services.segments import refresh
from kb.addressees import price_of
from kb.choices import ChangeSize
from kb.models import Acknowledgement, ArticlePage, ChangeNotice, ChangePackage, PendingChange
from kb.notices.changes import ARTICLE_CHANGED
from kb.refusals import ChangeRefused
from kb.selectors.duties import news_for, outstanding_for
from kb.selectors.notices import read_notice
from kb.selectors.progress import progress_of
from kb.services.change_repair import repair_changes
from kb.services.changes import describe
from kb.services.confirming import answer, questions_of, state
from kb.services.packages import join_package, leave_package, withdraw_together, write_package
from kb.services.versions import call_off, put_in_force
from notifications.models import Notification

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]

DAY = 24 * 3600
WORDS = {"was": "400 рублей", "now": "500 рублей", "say": "С июля 500 рублей."}


@pytest.fixture
def package(editor) -> ChangePackage:
    """A tariff that becomes dearer in ten days."""
    fresh = ChangePackage(
        title="Тариф Старт",
        size=ChangeSize.CONFIRM,
        effective_at=timezone.now() + datetime.timedelta(days=10),
        **WORDS,
    )
    return write_package(package=fresh, by=editor.user, now=timezone.now())


@pytest.fixture
def articles(write_article, teach, telephony, tariffs, require, holders, at_level_2, anna, package):
    """Three articles, two about telephony and one about tariffs, in force; everybody knows telephony, Anna both."""
    require(telephony, 2)
    require(tariffs, 2)
    at_level_2(anna, tariffs)
    refresh(employees=holders, now=timezone.now())
    found = [write_article(title, publish=True) for title in ("Цена", "Подключение", "Отключение")]
    for article, competence in zip(found, (tariffs, telephony, telephony), strict=True):
        teach(article, competence)
    return [ArticlePage.objects.get(pk=article.pk) for article in found]


@pytest.fixture
def approve_one(package, editor):
    """``approve_one(article)``: its draft joins the package and is approved."""

    def _approve_one(article: ArticlePage) -> ChangeNotice | None:
        draft = article.get_latest_revision_as_object()
        draft.answer = "500 рублей."
        revision = draft.save_revision(user=editor.user)
        join_package(article=article, package=package, by=editor.user, now=timezone.now())
        revision.publish()
        return ChangeNotice.objects.filter(article_uuid=article.uuid).last()

    return _approve_one


@pytest.fixture
def published(package, articles, editor, approve_one):
    """The package with all of its articles approved, the last one last."""
    for article in articles:
        join_package(article=article, package=package, by=editor.user, now=timezone.now())
    return [approve_one(article) for article in articles]


def told(employee, kind: str = "kb.article_changed") -> int:
    return Notification.objects.filter(recipient=employee, kind=kind).count()


def test_nobody_hears_of_it_until_each_of_its_articles_is_approved(
    package, articles, editor, approve_one, anna, sergey
):
    for article in articles:
        join_package(article=article, package=package, by=editor.user, now=timezone.now())
    approve_one(articles[0])
    repair_changes(now=timezone.now())
    assert told(anna) == 0
    assert outstanding_for(anna, timezone.now()) == []

    for article in articles[1:]:
        approve_one(article)

    assert told(anna) == 1
    assert told(sergey, "kb.change_led") == 1
    repair_changes(now=timezone.now())
    assert told(anna) == 1
    assert MaterialChange.objects.count() == 3


def test_the_days_are_counted_from_the_announcement(
    package, articles, editor, approve_one, anna, clock
):
    package.effective_at = timezone.now() + datetime.timedelta(days=40)
    write_package(package=package, by=editor.user, now=timezone.now())
    for article in articles:
        join_package(article=article, package=package, by=editor.user, now=timezone.now())
    first = approve_one(articles[0])

    clock.shift(20 * DAY)
    for article in articles[1:]:
        approve_one(article)

    first.refresh_from_db()
    assert first.announced_at.date() == timezone.now().date()
    assert told(anna) == 1
    change = MaterialChange.objects.get(article_uuid=articles[0].uuid)
    assert change.published_at == first.announced_at


def test_all_its_articles_change_at_one_moment(published, package, articles, clock, fresh):
    moments = {notice.version.effective_at for notice in published}
    assert moments == {package.effective_at}
    assert fresh(articles[0]).answer != "500 рублей."

    clock.shift(10 * DAY + 60)
    put_in_force(now=timezone.now())

    assert {fresh(article).answer for article in articles} == {"500 рублей."}


def test_one_confirmation_leaves_a_row_for_every_version(
    published, anna, olga, key, cell_of, telephony, tariffs, viewer_of, sergey
):
    (duty,) = outstanding_for(anna, timezone.now())
    assert duty.notice.name == "Тариф Старт"

    state(notice=duty.notice, employee=anna, key=key(), by=anna.user, now=timezone.now())

    rows = Acknowledgement.objects.filter(employee=anna)
    assert {row.version_id for row in rows} == {notice.version_id for notice in published}
    assert outstanding_for(anna, timezone.now()) == []
    assert {cell_of(anna, one).check_by for one in (telephony, tariffs)} == {None}
    (line,) = progress_of(viewer_of(sergey), timezone.now())
    assert (line.done, line.left) == (1, 1)


def test_it_asks_three_questions_at_most_of_all_its_articles(published, anna, questions, key):
    notice = outstanding_for(anna, timezone.now())[0].notice
    asked = questions_of(notice, anna, timezone.now())
    assert 1 <= len(asked.questions) <= 3

    for question in asked.questions:
        given = questions.RIGHT[question.ref]
        one = {"ref": question.ref, "given": given, "key": key()}
        answer(notice=notice, employee=anna, by=anna.user, now=timezone.now(), **one)

    assert Acknowledgement.objects.filter(employee=anna).count() == 3


def test_the_page_of_one_shows_the_texts_of_all(published, anna, viewer_of, as_person):
    notice = outstanding_for(anna, timezone.now())[0].notice
    reading = read_notice(viewer_of(anna), notice.pk, timezone.now())
    assert {part.notice.title for part in reading.parts} == {"Цена", "Подключение", "Отключение"}

    page = as_person(anna).get(f"/kb/notices/{notice.pk}/").content.decode()

    assert page.count("<del>") >= 3
    assert page.count("500 рублей</dd>") == 1


def test_whom_several_of_its_articles_concern_is_counted_once(articles, now):
    alone = [price_of([article], timezone.now()).asked for article in articles]
    assert alone == [1, 2, 2]
    assert price_of(articles, timezone.now()).asked == 2


def test_at_its_moment_it_is_announced_with_what_is_approved(
    package, articles, editor, approve_one, anna, clock
):
    for article in articles:
        join_package(article=article, package=package, by=editor.user, now=timezone.now())
    approve_one(articles[1])

    clock.shift(10 * DAY + 60)
    put_in_force(now=timezone.now())

    assert told(anna) == 1
    assert [one.notice.article_uuid for one in outstanding_for(anna, timezone.now())] == [
        articles[1].uuid
    ]


def test_an_article_that_leaves_holds_the_others_up_no_longer(
    package, articles, editor, approve_one, anna
):
    for article in articles[:2]:
        join_package(article=article, package=package, by=editor.user, now=timezone.now())
    approve_one(articles[1])
    assert told(anna) == 0

    leave_package(article=articles[0], by=editor.user, now=timezone.now())

    assert told(anna) == 1
    assert not PendingChange.objects.exists()


def test_it_is_withdrawn_as_one(published, anna, editor, cell_of, telephony, viewer_of):
    now = timezone.now()
    withdraw_together(notice=published[0], reason="Не будет", by=editor.user, now=now)

    assert not ChangeNotice.objects.filter(withdrawn_at=None).exists()
    assert outstanding_for(anna, now) == news_for(viewer_of(anna), now) == []
    assert Notification.objects.filter(recipient=anna, withdrawn_at=None).count() == 0
    assert cell_of(anna, telephony).check_by is None


def test_one_version_called_off_leaves_the_rest(published, articles, anna, editor, viewer_of):
    revision = published[0].version.revision_id
    call_off(article=articles[0], revision_id=revision, by=editor.user, now=timezone.now())

    assert len(outstanding_for(anna, timezone.now())) == 1
    rows = Notification.objects.filter(recipient=anna, kind="kb.article_changed", withdrawn_at=None)
    (said,) = ARTICLE_CHANGED.render(
        [row.params for row in rows], viewer=viewer_of(anna), at=timezone.now()
    )
    assert said.title == "Тариф Старт", "the message speaks of those that are left"


def test_what_is_approved_is_said_no_other_way(published, package, articles, editor):
    package.refresh_from_db()
    package.now = "600 рублей"
    with pytest.raises(ChangeRefused):
        write_package(package=package, by=editor.user, now=timezone.now())


def test_a_draft_of_a_package_says_nothing_of_its_own(package, articles, editor):
    join_package(article=articles[0], package=package, by=editor.user, now=timezone.now())

    with pytest.raises(ChangeRefused, match="Тариф Старт"):
        describe(
            article=articles[0],
            size="notify",
            now_holds="Иначе",
            by=editor.user,
            now=timezone.now(),
        )
