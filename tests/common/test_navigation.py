"""The rail: who gets which entries, and which one is current."""

import dataclasses

import pytest

from common.navigation import Entry, Navigation
from people.viewer import ANONYMOUS

HOME = Entry(name="home", path="/", label="Home", icon="home", order=10)
KNOWLEDGE = Entry(name="knowledge", path="/kb/", label="Knowledge", icon="knowledge", order=20)
OFFICE = Entry(
    name="office",
    path="/admin/",
    label="Office",
    icon="edit",
    order=5,
    shown_to=lambda viewer: viewer.may_enter_admin,
)


@pytest.fixture
def navigation() -> Navigation:
    navigation = Navigation()
    for entry in (KNOWLEDGE, HOME, OFFICE):
        navigation.register(entry)
    return navigation


def names(links) -> list[str]:
    return [link.entry.name for link in links]


def current(links) -> list[str]:
    return [link.entry.name for link in links if link.is_current]


def test_entries_come_in_their_order_and_only_to_those_they_are_for(navigation):
    keeper = dataclasses.replace(ANONYMOUS, user_id=1, may_enter_admin=True)
    assert names(navigation.links_for(ANONYMOUS, "/")) == ["home", "knowledge"]
    assert names(navigation.links_for(keeper, "/")) == ["office", "home", "knowledge"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", ["home"]), ("/kb/", ["knowledge"]), ("/kb/a/b/", ["knowledge"]), ("/search/", [])],
)
def test_the_entry_around_the_page_is_current_and_home_only_at_home(navigation, path, expected):
    assert current(navigation.links_for(ANONYMOUS, path)) == expected


def test_registering_an_entry_twice_is_the_same_as_once(navigation):
    navigation.register(HOME)
    assert names(navigation.links_for(ANONYMOUS, "/")) == ["home", "knowledge"]


def test_two_entries_cannot_have_one_name(navigation):
    with pytest.raises(ValueError, match="home"):
        navigation.register(dataclasses.replace(HOME, path="/other/"))
