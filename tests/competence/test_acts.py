"""Who may do what in whose record: observations, declarations, suspensions, overrides, withdrawals, changes, leave."""

import datetime
import uuid

import pytest

from competence import refusals
from competence.choices import Channel, EventType, Risk
from competence.models import CompetenceArticle, CompetenceEvent, Observation
from competence.services.changes import record_change, withdraw_change
from competence.services.deciding import commission, declare, suspend, withdraw
from competence.services.learning import check
from competence.services.leaves import sweep_leaves
from competence.services.observing import calibrate, observe
from competence.services.overriding import decide_override, override, propose_override
from people.models import Leave
from people.services.absence import record_leave


@pytest.fixture
def see(telephony, now):
    """``see(denis, by=olga)``: an observation."""

    def _see(employee, *, by, **fields):
        given = {
            "competence": telephony,
            "rating": 2,
            "channel": Channel.CALL,
            "reference": "4711-0823",
        }
        return observe(employee=employee, by=by.user, now=now, **(given | fields))

    return _see


def test_a_mentor_at_target_observes_their_trainee(
    denis, olga, telephony, require, at_level_2, see, cell_of
):
    require(telephony)
    at_level_2(olga, telephony)

    observation = see(denis, by=olga)

    event = CompetenceEvent.objects.get(source_kind="observation", source_id=observation.pk)
    assert (event.rating, event.call, event.actor) == (2, "call:4711-0823", olga.user)
    assert cell_of(denis, telephony).state == "learning"


def test_a_mentor_whose_own_cell_is_below_target_may_not_sign(denis, olga, telephony, require, see):
    require(telephony)

    with pytest.raises(refusals.MaySignNot):
        see(denis, by=olga)
    assert not Observation.objects.exists()


def test_a_mentor_who_is_not_at_target_in_mentoring_may_not_sign(
    denis, olga, telephony, tariffs, require, at_level_2, happened, see
):
    tariffs.marks_mentoring = True
    tariffs.save()
    require(telephony)
    require(tariffs, 1, gate=False)
    at_level_2(olga, telephony)
    with pytest.raises(refusals.MaySignNot):
        see(denis, by=olga)

    happened(olga, tariffs, EventType.QUIZ, level=1, passed=True)

    assert see(denis, by=olga)


def test_a_stale_mentor_may_sign(denis, olga, telephony, require, at_level_2, see, cell_of, now):
    require(telephony)
    at_level_2(olga, telephony)
    article = uuid.uuid4()
    CompetenceArticle.objects.create(competence=telephony, article_uuid=article)
    record_change(
        article_uuid=article, number=2, published_at=now, effective_at=now, by=None, now=now
    )
    assert cell_of(olga, telephony).state == "stale"

    assert see(denis, by=olga)


def test_a_mentor_does_not_observe_somebody_elses_trainee(anna, olga, see):
    with pytest.raises(refusals.NotYours):
        see(anna, by=olga)


def test_lead_and_reviewer_observe_without_a_level_of_their_own(denis, sergey, reviewer, see):
    assert see(denis, by=sergey).rating == 2
    assert see(denis, by=reviewer, reference="4711-0824")


def test_nobody_observes_themselves(sergey, reviewer, see):
    for person in (sergey, reviewer):
        with pytest.raises(refusals.OwnRecord):
            see(person, by=person)


def test_a_second_click_finds_the_first_observation(denis, reviewer, see):
    key = uuid.uuid4()

    assert see(denis, by=reviewer, key=key) == see(denis, by=reviewer, key=key)
    assert CompetenceEvent.objects.count() == 1


def test_a_day_ahead_is_refused(denis, reviewer, see, today):
    with pytest.raises(refusals.Impossible):
        see(denis, by=reviewer, observed_on=today + datetime.timedelta(days=1))


def test_a_calibration_needs_a_call_that_was_rated(denis, reviewer, sergey, telephony, see, now):
    def agree():
        return calibrate(
            employee=denis,
            competence=telephony,
            call="call:4711-0823",
            rating=3,
            by=reviewer.user,
            second=sergey.user,
            now=now,
            source=("calibration", "1"),
        )

    with pytest.raises(refusals.UnknownCall):
        agree()
    see(denis, by=reviewer)
    assert agree().rating == 3


def test_the_lead_declares_a_level_once(anna, sergey, telephony, require, now, cell_of):
    require(telephony)
    event = declare(employee=anna, competence=telephony, level=2, by=sergey.user, now=now)

    assert cell_of(anna, telephony).state == "current"
    assert declare(employee=anna, competence=telephony, level=2, by=sergey.user, now=now) == event
    with pytest.raises(refusals.AlreadyDeclared):
        declare(employee=anna, competence=telephony, level=1, by=sergey.user, now=now)


def test_nobody_but_the_lead_declares(anna, hr, sergey, telephony, now):
    with pytest.raises(refusals.NotYours):
        declare(employee=anna, competence=telephony, level=2, by=hr.user, now=now)
    with pytest.raises(refusals.OwnRecord):
        declare(employee=sergey, competence=telephony, level=2, by=sergey.user, now=now)


def test_a_suspension_shuts_the_gate_for_its_days(
    anna, sergey, telephony, require, at_level_2, now, today, cell_of
):
    require(telephony)
    at_level_2(anna, telephony)
    last = today + datetime.timedelta(days=13)

    suspend(employee=anna, competence=None, until=last, reason="жалоба", by=sergey.user, now=now)

    cell = cell_of(anna, telephony)
    assert (cell.state, cell.gate, cell.last_day) == ("suspended", "shut", last)


def test_a_suspension_longer_than_14_days_is_refused(anna, sergey, telephony, now, today):
    with pytest.raises(refusals.Impossible):
        suspend(
            employee=anna,
            competence=telephony,
            until=today + datetime.timedelta(days=14),
            reason="жалоба",
            by=sergey.user,
            now=now,
        )


def test_a_suspension_without_a_reason_or_by_a_colleague_is_refused(
    anna, denis, sergey, telephony, now, today
):
    with pytest.raises(refusals.Impossible):
        suspend(
            employee=anna, competence=telephony, until=today, reason=" ", by=sergey.user, now=now
        )
    with pytest.raises(refusals.NotYours):
        suspend(
            employee=anna, competence=telephony, until=today, reason="а", by=denis.user, now=now
        )


@pytest.fixture
def raise_to_2(anna, sergey, telephony, now, today):
    """An override of Anna's telephony by the lead."""
    return {
        "employee": anna,
        "competence": telephony,
        "level": 2,
        "until": today + datetime.timedelta(days=30),
        "reason": "замена на выходные",
        "by": sergey.user,
        "now": now,
    }


def test_an_override_raises_to_a_level_until_a_day(raise_to_2, anna, telephony, require, cell_of):
    require(telephony)
    override(**raise_to_2)

    cell = cell_of(anna, telephony)
    assert (cell.level, cell.gate, cell.until) == (2, "open", raise_to_2["until"])


def test_an_override_longer_than_30_days_or_to_4_is_refused(raise_to_2):
    with pytest.raises(refusals.Impossible):
        override(**raise_to_2 | {"until": raise_to_2["until"] + datetime.timedelta(days=1)})
    with pytest.raises(refusals.Impossible):
        override(**raise_to_2 | {"level": 4})


def test_a_critical_override_takes_two_people(raise_to_2, telephony, sergey, hr, anna, now):
    telephony.risk = Risk.CRITICAL
    telephony.save()
    for second in (None, sergey.user):
        with pytest.raises(refusals.TwoPeopleNeeded):
            override(**raise_to_2, second=second)
    proposal = propose_override(**raise_to_2)
    with pytest.raises(refusals.TwoPeopleNeeded):
        decide_override(proposal=proposal, agreed=True, by=sergey.user, now=now)
    with pytest.raises(refusals.OwnRecord):
        decide_override(proposal=proposal, agreed=True, by=anna.user, now=now)

    event = decide_override(proposal=proposal, agreed=True, by=hr.user, now=now)

    assert (event.actor, event.second_actor) == (sergey.user, hr.user)
    with pytest.raises(refusals.AlreadyDecided):
        decide_override(proposal=proposal, agreed=False, by=hr.user, now=now)


def test_a_declined_override_changes_nothing(raise_to_2, telephony, hr, now):
    proposal = propose_override(**raise_to_2)

    assert decide_override(proposal=proposal, agreed=False, by=hr.user, now=now) is None
    assert not CompetenceEvent.objects.exists()


def test_a_commission_of_two_is_the_only_way_to_4(
    anna, sergey, ilya, telephony, require, now, cell_of
):
    require(telephony)
    verdict = {
        "employee": anna,
        "competence": telephony,
        "level": 4,
        "by": ilya.user,
        "reason": "ведёт разборы",
        "now": now,
        "source": ("commission", "1"),
    }
    with pytest.raises(refusals.TwoPeopleNeeded):
        commission(**verdict, second=ilya.user)
    with pytest.raises(refusals.OwnRecord):
        commission(**verdict, second=anna.user)

    commission(**verdict, second=sergey.user)

    assert cell_of(anna, telephony).level == 4


def test_a_withdrawn_event_counts_for_no_day_and_comes_back(
    anna, sergey, tariffs, require, happened, now, cell_of
):
    require(tariffs, 1)
    event = happened(anna, tariffs, EventType.QUIZ, level=1, passed=True)

    undone = withdraw(event=event, reason="не тот тест", by=sergey.user, now=now)
    assert cell_of(anna, tariffs).state == "none"
    with pytest.raises(refusals.NothingToWithdraw):
        withdraw(event=event, reason="ещё раз", by=sergey.user, now=now)

    back = withdraw(event=undone, reason="всё-таки тот", by=sergey.user, now=now)
    assert cell_of(anna, tariffs).state == "current"
    with pytest.raises(refusals.NothingToWithdraw):
        withdraw(event=back, reason="нет", by=sergey.user, now=now)


def test_nobody_withdraws_in_their_own_record(anna, tariffs, happened, now):
    event = happened(anna, tariffs, EventType.QUIZ, level=1, passed=False)

    with pytest.raises(refusals.OwnRecord):
        withdraw(event=event, reason="не считается", by=anna.user, now=now)


@pytest.fixture
def article(telephony):
    """An article that teaches telephony."""
    return CompetenceArticle.objects.create(
        competence=telephony, article_uuid=uuid.uuid4()
    ).article_uuid


def test_a_material_change_makes_holders_stale_and_a_check_answers_it(
    anna, telephony, require, at_level_2, article, now, today, cell_of
):
    require(telephony)
    at_level_2(anna, telephony)
    change = {"article_uuid": article, "number": 8, "by": None, "now": now}

    rows = record_change(**change, published_at=now, effective_at=now)
    assert record_change(**change, published_at=now, effective_at=now) == rows
    cell = cell_of(anna, telephony)
    assert (cell.state, cell.check_by) == ("stale", today + datetime.timedelta(days=14))
    until = cell.until

    check(
        employee=anna,
        competence=telephony,
        source=("confirmation", "1"),
        basis=[(article, 8)],
        now=now,
    )
    assert (cell_of(anna, telephony).state, cell_of(anna, telephony).until) == ("current", until)


def test_a_change_wrongly_called_material_returns_the_cells(
    anna, telephony, require, at_level_2, article, now, cell_of
):
    require(telephony)
    at_level_2(anna, telephony)
    record_change(
        article_uuid=article, number=8, published_at=now, effective_at=now, by=None, now=now
    )

    for _again in range(2):
        assert len(withdraw_change(article_uuid=article, number=8, by=None, now=now)) == 1

    assert cell_of(anna, telephony).state == "current"


def test_a_leave_stands_in_the_ledger_with_its_row(anna, hr, today):
    leave = record_leave(
        employee=anna,
        starts_on=today,
        ends_on=today + datetime.timedelta(days=13),
        by=hr.user,
    )
    record_leave(
        employee=anna,
        starts_on=today,
        ends_on=today + datetime.timedelta(days=6),
        by=hr.user,
        leave=leave,
    )

    standing = CompetenceEvent.objects.standing().get(type=EventType.LEAVE)
    assert (standing.first_day, standing.last_day) == (today, today + datetime.timedelta(days=6))


def test_the_sweep_follows_leaves_nobody_told_of(anna, today, now):
    leave = Leave.objects.create(employee=anna, starts_on=today, ends_on=today)
    assert sweep_leaves(now=now) == 1
    assert sweep_leaves(now=now) == 0

    leave.delete()
    assert sweep_leaves(now=now) == 1
    assert not CompetenceEvent.objects.standing().filter(type=EventType.LEAVE).exists()
    assert sweep_leaves(now=now) == 0
