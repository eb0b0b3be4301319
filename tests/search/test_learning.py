"""Use teaches gently: several people, each once, apart by audience, bounded; never against a title that was typed."""

import datetime
import uuid

import pytest
from django.core.management import call_command
from django.utils import timezone

from kb.choices import Audience, Reason
from kb.services.feedback import give
from people.viewer import ANONYMOUS
from search import indexing, learning, log, services, standing, use
from search.learning import LIFT, Learned, Lesson, Use
from search.models import IndexClock, SearchLog

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
ECHO = frozenset({"эхо", "трубка"})


def used(who: str, *, article: int = 1, terms=ECHO, ago: int = 1, **fields) -> Use:
    """A search by ``who`` some days ago that ended with ``article``."""
    at = NOW - datetime.timedelta(days=ago)
    return Use(terms, article, fields.pop("staff", True), who, at, **fields)


def settled(query: str, *who: str, article=None, ending="opened", at=None, staff=True) -> None:
    """These people asked ``query`` and it ended so."""
    SearchLog.objects.bulk_create(
        SearchLog(
            asked_at=at or timezone.now() - datetime.timedelta(hours=1),
            query=query,
            query_key=log.key_of(query),
            who=person,
            staff=staff,
            hits=2,
            ending=ending,
            opened=article and article.uuid,
            milliseconds=1,
        )
        for person in who
    )


@pytest.fixture
def neighbours(write_article):
    """Two articles that answer the same words about equally well."""
    first = write_article("Эхо в трубке: линия", publish=True, answer="Слышно эхо.")
    second = write_article("Эхо в трубке: гарнитура", publish=True, answer="Слышно эхо.")
    return first, second


def test_one_person_alone_teaches_nothing_however_often():
    uses = [used("a", ago=day) for day in range(1, 10)]

    assert learning.lessons(uses, now=NOW) == []


def test_three_people_within_a_period_teach_and_a_copied_answer_weighs_more():
    opened = learning.lessons([used(who) for who in "abc"], now=NOW)
    copied = learning.lessons([used(who, copied=True) for who in "abc"], now=NOW)

    assert copied[0].weight == pytest.approx(2 * opened[0].weight, abs=0.001)


def test_a_person_counts_once_a_day():
    once = learning.lessons([used(who) for who in "abc"], now=NOW)
    often = learning.lessons([used(who) for who in "abcabcabc"], now=NOW)

    assert once == often


def test_what_was_learned_fades():
    fresh = learning.lessons([used(who) for who in "abc"], now=NOW)[0].weight
    later = learning.lessons([used(who) for who in "abc"], now=NOW + learning.HALF_LIFE)[0].weight

    assert later == pytest.approx(fresh / 2, abs=0.001)


def test_the_lift_has_a_limit_and_holds_for_its_audience_only():
    learned = Learned.of([Lesson(ECHO, 1, True, 1e9)])

    assert 0 < learned.lifts([ECHO], staff=True)[1] <= LIFT
    assert learned.lifts([ECHO], staff=False) == {}


def test_a_question_of_mostly_the_same_words_learns_too_and_another_does_not():
    learned = Learned.of([Lesson(ECHO, 1, True, 5.0)])

    alike = learned.lifts([ECHO | {"слышно"}], staff=True)[1]
    assert 0 < alike < learned.lifts([ECHO], staff=True)[1]
    assert learned.lifts([frozenset({"эхо", "микрофон"})], staff=True) == {}


def test_who_asks_again_within_a_minute_was_not_helped():
    at = NOW
    ended = [("a", at), ("b", at), ("a", at + datetime.timedelta(seconds=30))]

    assert learning.helped(ended) == [False, True, True]


def test_what_colleagues_open_rises_and_an_empty_log_changes_nothing(neighbours, titles, staff):
    before = titles("эхо трубка", staff)
    last = next(article for article in neighbours if article.title == before[-1])
    settled("эхо в трубке", "a", "b", "c", article=last)

    assert use.learn(now=timezone.now()) == 1
    assert titles("трубки эхо", staff)[0] == last.title

    SearchLog.objects.all().delete()
    assert use.learn(now=timezone.now()) == 0
    assert titles("эхо трубка", staff) == before


def test_what_customers_open_does_not_move_what_employees_find(neighbours, titles, staff):
    before = titles("эхо трубка", staff)
    last = next(article for article in neighbours if article.title == before[-1])
    settled("эхо трубка", "a", "b", "c", article=last, staff=False)
    assert use.learn(now=timezone.now()) == 1

    assert titles("эхо трубка", staff) == before


def test_a_title_typed_whole_stays_on_top(write_article, titles, staff):
    write_article("Эхо в трубке", publish=True, answer="Слышно эхо.")
    other = write_article("Эхо в трубке и шум", publish=True, answer="Эхо в трубке, эхо, трубка.")
    settled("эхо в трубке", *"abcdefghij", article=other, ending="copied")
    use.learn(now=timezone.now())

    assert titles("эхо в трубке", staff)[0] == "Эхо в трубке"


def test_an_article_its_reader_may_not_see_is_not_raised_into_sight(
    neighbours, write_article, titles, customer
):
    secret = write_article("Эхо в трубке: служебное", publish=True, audience="internal")
    settled("эхо трубка", "a", "b", "c", article=secret, staff=False)
    use.learn(now=timezone.now())

    assert secret.title not in titles("эхо трубка", customer)


def test_the_replay_says_where_opened_articles_stood_without_and_with_what_was_learned(
    neighbours, staff, capsys
):
    indexing.catch_up()
    found = services.find(viewer=staff, query="эхо трубка", at=timezone.now())
    last = found.results[-1].article
    long_ago = timezone.now() - datetime.timedelta(days=9)
    settled("эхо трубка", "a", "b", "c", article=last, at=long_ago)
    settled("эхо трубка", "d", article=last)

    call_command("replay_searches", "--days", "7")

    without, used_, said, both = capsys.readouterr().out.splitlines()[1:]
    assert float(without.split()[2]) < float(used_.split()[2]) == 1.0
    assert (said.split()[2], both.split()[2]) == (without.split()[2], used_.split()[2])


def say(article, *, helped: int = 0, did_not: int = 0, number: int | None = None) -> None:
    """So many customers say that it helped, and so many that it did not."""
    for place in range(helped + did_not):
        give(
            article=article,
            key=uuid.uuid4(),
            reason="" if place < helped else Reason.UNCLEAR,
            viewer=ANONYMOUS,
            now=timezone.now(),
            number=number or article.version,
            address=f"10.0.0.{place}",
        )
    IndexClock.renew_wording()


def test_of_equals_the_one_that_readers_call_helpful_comes_first(write_article, titles, staff):
    first, second = (
        write_article(title, publish=True, audience=Audience.PUBLIC, answer="Слышно эхо.")
        for title in ("Эхо в трубке: линия", "Эхо в трубке: аппарат")
    )
    before = titles("эхо трубка", ANONYMOUS)
    last, other = (first, second) if before[-1] == first.title else (second, first)

    say(last, helped=2)
    assert titles("эхо трубка", ANONYMOUS) == before
    say(last, helped=6)
    say(other, did_not=4)

    assert titles("эхо трубка", ANONYMOUS)[0] == last.title
    assert titles("эхо трубка", staff) == before


def test_what_was_said_of_an_older_version_counts_no_longer(write_article):
    article = write_article("Эхо", publish=True, audience=Audience.PUBLIC)
    say(article, did_not=5)
    assert len(list(use.what_readers_say())) == 1

    article.answer = "Теперь понятно."
    article.save_revision().publish()

    assert list(use.what_readers_say()) == []


def test_the_standing_of_an_article_is_bounded_and_of_few_readers_nothing():
    assert standing.helpfulness(2, 0) == 0.0
    assert -1 < standing.helpfulness(0, 10_000) < 0 < standing.helpfulness(10_000, 0) < 1
    assert standing.freshness(NOW - standing.HALF_LIFE, NOW) == 0.5
    assert standing.HELPED + standing.FRESH < LIFT
