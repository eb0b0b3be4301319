"""How often something came from one place lately."""

import pytest
from django.core.cache import cache

from common.tallies import Tally

HERE, THERE = "203.0.113.7", "203.0.113.8"


@pytest.fixture
def tally():
    """One that nobody has used."""
    cache.clear()
    yield Tally("test", 600)
    cache.clear()


def test_each_place_has_a_count_of_its_own(tally):
    assert [tally.count(HERE), tally.count(HERE), tally.count(THERE)] == [1, 2, 1]
    assert (tally.so_far(HERE), tally.so_far("elsewhere")) == (2, 0)


def test_two_tallies_do_not_mix(tally):
    tally.count(HERE)

    assert Tally("other", 600).so_far(HERE) == 0


def test_all_addresses_of_one_network_of_the_new_kind_are_one_place(tally):
    tally.count("2001:db8::1")

    assert tally.so_far("2001:db8::ffff") == 1
    assert tally.so_far("2001:db8:0:1::1") == 0


@pytest.mark.parametrize("origin", ["", "user 7", "2001:db8::1%eth0", "не адрес"])
def test_what_is_no_address_is_counted_as_it_is(tally, origin):
    assert tally.count(origin) == 1


def test_a_count_begins_anew_once_its_time_is_over():
    cache.clear()
    over = Tally("over", 0)

    assert [over.count(HERE), over.count(HERE)] == [1, 1]
