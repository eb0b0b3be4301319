"""Everybody who is to be told is told exactly once, in the inbox."""

import datetime
import threading

import pytest
from django.db import connections
from django.utils import timezone

from notifications.models import Delivery, Notification
from notifications.pacing import Pace
from notifications.services.notifying import notify, withdraw
from notifications.services.preferences import choose
from people.services.accounts import User

pytestmark = pytest.mark.django_db


def test_the_same_event_twice_leaves_one_row_per_recipient(tell, anna, olga):
    assert tell(anna, olga) == 2
    assert tell(anna, olga) == 0

    assert Notification.objects.count() == 2
    assert Delivery.objects.count() == 2


def test_somebody_who_joins_later_is_told_and_the_others_not_again(tell, anna, olga):
    tell(anna)

    assert tell(anna, olga) == 1
    assert Notification.objects.filter(recipient=anna).count() == 1


def test_the_row_holds_a_kind_and_ids_and_no_text(tell, anna):
    tell(anna)

    assert Notification.objects.get().params == {"number": 1}


def test_who_has_left_or_may_not_sign_in_gets_nothing(tell, hire, anna):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    gone = hire("Пётр Дальний", "gone", left_on=yesterday)
    closed = hire("Яна Белкина", "closed")
    User.objects.filter(pk=closed.user_id).update(is_active=False)

    assert tell(gone, closed, anna) == 1
    assert Notification.objects.get().recipient == anna


def test_the_last_day_of_work_still_counts(tell, hire):
    assert tell(hire("Пётр Дальний", "leaving", left_on=timezone.localdate())) == 1


def test_who_wants_no_mail_of_a_group_has_it_in_the_inbox_only(
    tell, anna, olga, viewer_of, greeting
):
    choose(by=viewer_of(anna), paces={greeting.group.key: Pace.OFF})

    tell(anna, olga)

    assert Notification.objects.count() == 2
    assert Delivery.objects.get().notification.recipient == olga


def test_what_is_withdrawn_leaves_the_inbox_and_is_not_sent(tell, anna, viewer_of, now):
    tell(anna)

    assert withdraw(event_key="tests:1", now=now) == 1
    assert not Notification.objects.of(viewer_of(anna)).exists()
    assert Delivery.objects.get().state == "dropped"


def test_five_hundred_recipients_take_as_many_queries_per_batch_and_get_one_row_each(
    tell, hire, django_assert_max_num_queries
):
    people = [hire(f"Человек {n}", f"person{n}") for n in range(500)]

    with django_assert_max_num_queries(20):
        assert tell(*people) == 500

    assert Notification.objects.count() == Delivery.objects.count() == 500


@pytest.mark.django_db(transaction=True)
def test_told_from_four_threads_at_once_everybody_has_one_row(greeting, anna, olga):
    barrier, failures = threading.Barrier(4), []

    def tell_them():
        try:
            barrier.wait()
            notify(
                event_key="tests:race",
                kind=greeting.name,
                params={"number": 1},
                recipients=[anna, olga],
                now=timezone.now(),
            )
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tell_them) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert Notification.objects.count() == 2
    assert Delivery.objects.count() == 2
