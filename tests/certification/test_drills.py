"""Five minutes a day: one's own misses come back by the FSRS schedule; private, never evidence."""

import datetime
from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from certification.choices import Review
from certification.models import Drill, DrillCard, Question, Quiz
from certification.refusals import AnsweredAlready
from certification.rules.drills import LONGEST, PER_DAY, Memory, answered
from certification.services import drilling
from certification.services.submitting import submit
from competence.models import CompetenceEvent
from tests.certification.conftest import RIGHT

DAILY = "/quiz/daily/"
START = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)
SCORES = st.fractions(0, 1)


# --- the schedule ----------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(SCORES, st.integers(0, 40)), min_size=1, max_size=12))
def test_a_question_comes_back_after_a_day_at_least_and_half_a_year_at_most(history):
    memory, now = Memory(due_at=START), START

    for score, late in history:
        now = max(now, memory.due_at) + datetime.timedelta(days=late)
        memory = answered(memory, score, now)
        rest = memory.due_at - now
        assert datetime.timedelta(days=1) <= rest <= datetime.timedelta(days=LONGEST)


@given(st.lists(SCORES, max_size=6), st.integers(0, 30))
def test_who_knew_it_waits_at_least_as_long_as_who_did_not(history, late):
    memory, now = Memory(due_at=START), START
    for score in history:
        memory = answered(memory, score, now)
        now = memory.due_at
    now += datetime.timedelta(days=late)

    rests = [
        answered(memory, score, now).due_at for score in (Fraction(0), Fraction(1, 2), Fraction(1))
    ]

    assert rests == sorted(rests)


def test_each_time_it_is_known_the_question_waits_longer():
    memory, now, rests = Memory(due_at=START), START, []
    for _time in range(4):
        memory = answered(memory, Fraction(1), now)
        rests.append(memory.due_at - now)
        now = memory.due_at

    assert rests == sorted(set(rests))


# --- what comes ------------------------------------------------------------------------------------------------------


@pytest.fixture
def taken(anna, begin, reply, now):
    """Anna has handed a test in, two of five wrong."""
    attempt = begin(anna, days_ago=4)
    at = attempt.started_at
    for slot in range(1, 6):
        reply(attempt, slot, wrong=slot < 3, at=at)
    submit(attempt=attempt, by=anna.user, now=at)
    return attempt


@pytest.fixture
def drill(anna, taken, now):
    """Anna has switched it on, and what she missed has been found."""
    drill = drilling.switch_on(employee=anna, now=now)
    drilling.gather(drill=drill, now=now)
    return drill


def missed(attempt) -> set[str]:
    return {slot["uuid"] for slot in attempt.paper["slots"][:2]}


def form_of(card, **more) -> dict:
    card.refresh_from_db()
    return {"card": card.pk, "turn": card.turn, "asked": card.question.content_sha256} | more


def right_answer(card) -> str:
    shown = drilling.paper_of(card)["slots"][0]["shown"]["choices"]
    return next(one["key"] for one in shown if one["text"] == RIGHT)


@pytest.mark.django_db
def test_only_what_one_missed_comes(drill, taken):
    cards = DrillCard.objects.filter(drill=drill)

    assert {str(card.question.uuid) for card in cards} == missed(taken)


@pytest.mark.django_db
def test_nothing_comes_from_a_test_that_keeps_its_answers_to_itself(anna, taken, quiz, now):
    Quiz.objects.filter(pk=quiz.pk).update(review=Review.NEVER)
    drill = drilling.switch_on(employee=anna, now=now)

    drilling.gather(drill=drill, now=now)

    assert not drill.cards.exists()


@pytest.mark.django_db
def test_a_right_answer_is_shown_with_what_was_right_and_waits_for_days(
    drill, anna, client_of, now
):
    events = CompetenceEvent.objects.count()
    card = drill.cards.first()

    page = client_of(anna).post(DAILY, form_of(card, answer=right_answer(card)))

    card.refresh_from_db()
    assert RIGHT in page.content.decode()
    assert card.due_at > now + datetime.timedelta(hours=23)
    assert CompetenceEvent.objects.count() == events


@pytest.mark.django_db
def test_what_is_right_is_not_on_the_page_that_asks(drill, anna, client_of, questions):
    Question.objects.update(explanation="Канарейка")

    page = client_of(anna).get(DAILY).content.decode()

    assert "Вопрос" in page
    assert "Канарейка" not in page


@pytest.mark.django_db
def test_the_same_answer_sent_twice_counts_once(drill, anna, now):
    card = drill.cards.first()
    same = {"card": card, "turn": 0, "asked": card.question.content_sha256, "now": now}
    drilling.answer(**same, given=[right_answer(card)])

    with pytest.raises(AnsweredAlready):
        drilling.answer(**same, given=[])

    card.refresh_from_db()
    assert card.turn == 1


@pytest.mark.django_db
def test_a_question_that_left_the_draw_waits_until_it_is_confirmed(drill, anna, client_of, change):
    change("Гудок 40 секунд.")

    page = client_of(anna).get(DAILY).content.decode()

    assert "<fieldset" not in page


@pytest.mark.django_db
def test_a_question_of_a_test_one_is_in_the_middle_of_does_not_come(drill, anna, begin, client_of):
    running = begin(anna)
    asked = {slot["uuid"] for slot in running.paper["slots"]}
    drill.cards.exclude(question__uuid__in=asked).delete()

    assert "<fieldset" not in client_of(anna).get(DAILY).content.decode()


@pytest.mark.django_db
def test_a_page_shown_before_a_test_began_gives_nothing_away_during_it(
    drill, anna, begin, client_of
):
    cards = {str(card.question.uuid): card for card in drill.cards.select_related("question")}
    asked = {slot["uuid"] for slot in begin(anna).paper["slots"]}
    card = cards[min(asked & set(cards))]

    page = client_of(anna).post(DAILY, form_of(card, unknown="yes"))

    card.refresh_from_db()
    assert page.status_code == 302
    assert card.turn == 0


@pytest.mark.django_db
def test_a_page_shown_before_the_article_changed_is_not_judged(drill, anna, client_of, change):
    card = drill.cards.first()
    shown = form_of(card)
    change("Гудок 40 секунд.")

    page = client_of(anna).post(DAILY, shown | {"unknown": "yes"})

    card.refresh_from_db()
    assert page.status_code == 302
    assert card.turn == 0


@pytest.mark.django_db
def test_after_the_last_of_the_day_it_is_enough(drill, anna, client_of, now):
    today = now.astimezone(anna.tz).date()
    Drill.objects.update(day=today, answered=PER_DAY, gathered_on=today)

    assert "<fieldset" not in client_of(anna).get(DAILY).content.decode()

    Drill.objects.update(day=today - datetime.timedelta(days=1))
    assert "<fieldset" in client_of(anna).get(DAILY).content.decode()


# --- whose it is -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nobody_answers_a_card_of_somebody_else(drill, olga, client_of, now):
    drilling.switch_on(employee=olga, now=now)
    card = drill.cards.first()

    assert client_of(olga).post(DAILY, form_of(card, answer="a")).status_code == 404


@pytest.mark.django_db
def test_who_has_not_chosen_it_is_asked_nothing(taken, anna, client_of):
    client = client_of(anna)

    assert client.get(DAILY).status_code == 200
    assert client.post(DAILY).status_code == 404
    assert not Drill.objects.exists()


@pytest.mark.django_db
def test_switching_it_off_forgets_everything(drill, anna, client_of):
    client_of(anna).post("/quiz/daily/switch/", {"on": "no"})

    assert not Drill.objects.exists()
    assert not DrillCard.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{}, {"card": "x"}, {"card": 2**70, "turn": 0, "asked": "0" * 64}, {"turn": -1}]
)
def test_a_form_that_nobody_was_shown_leads_back_to_the_question(drill, anna, client_of, fields):
    assert client_of(anna).post(DAILY, fields).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("extra", [0, 20])
def test_the_page_takes_as_many_queries_for_many_cards_as_for_few(
    drill, anna, client_of, write_question, django_assert_max_num_queries, extra
):
    for number in range(extra):
        question = write_question(f"Ещё {number}?")
        DrillCard.objects.create(drill=drill, question=question, due_at=timezone.now())
    client = client_of(anna)
    client.get(DAILY)

    with django_assert_max_num_queries(12):
        client.get(DAILY)
