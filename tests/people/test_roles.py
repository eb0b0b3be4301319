"""Roles: who gives which to whom, and that a customer's own groups stay."""

import pytest
from django.contrib.auth.models import Group

from people.events import RolesChanged
from people.roles import Role
from people.services.accounts import (
    OwnAdministratorRole,
    ProtectedAccount,
    may_manage_login,
    roles_of,
    set_roles,
)


def test_roles_are_set_as_a_whole_and_the_change_is_told(anna, hr, heard):
    with heard(RolesChanged) as events:
        set_roles(employee=anna, roles=[Role.MENTOR, Role.EDITOR], by=hr.user)

    assert roles_of(anna.user) == {Role.MENTOR, Role.EDITOR}
    assert events == [RolesChanged(employee_id=anna.pk)]


def test_the_same_roles_again_change_nothing(anna, hr, heard):
    with heard(RolesChanged) as events:
        set_roles(employee=anna, roles=[Role.OPERATOR], by=hr.user)

    assert events == []


def test_a_customers_own_groups_stay(anna, hr):
    anna.user.groups.add(Group.objects.create(name="Методисты"))

    set_roles(employee=anna, roles=[], by=hr.user)

    assert [group.name for group in anna.user.groups.all()] == ["Методисты"]


def test_an_unknown_role_is_refused(anna):
    with pytest.raises(ValueError, match="chief"):
        set_roles(employee=anna, roles=["chief"], by=None)


def test_only_an_administrator_makes_and_unmakes_administrators(anna, hr, administrator):
    with pytest.raises(ProtectedAccount):
        set_roles(employee=anna, roles=[Role.ADMINISTRATOR], by=hr.user)
    with pytest.raises(ProtectedAccount):
        set_roles(employee=administrator, roles=[], by=hr.user)

    set_roles(employee=anna, roles=[Role.ADMINISTRATOR], by=administrator.user)
    assert roles_of(anna.user) == {Role.ADMINISTRATOR}


def test_nobody_takes_the_administrators_role_from_themselves(administrator):
    with pytest.raises(OwnAdministratorRole):
        set_roles(employee=administrator, roles=[Role.EDITOR], by=administrator.user)


def test_a_superusers_login_is_for_superusers_only(superuser, administrator, hr, anna):
    assert not may_manage_login(administrator.user, superuser)
    assert may_manage_login(superuser, administrator.user)
    assert may_manage_login(administrator.user, hr.user)
    assert may_manage_login(hr.user, anna.user)
    assert not may_manage_login(hr.user, administrator.user)
    assert may_manage_login(None, superuser)
