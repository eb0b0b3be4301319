"""Wagtail's users and groups: for administrators only, no way up, our role groups fixed."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from people.models import User
from people.roles import Role, group_name
from people.services.accounts import roles_of

USERS = "wagtailusers_users"
GROUPS = "wagtailusers_groups"


def account(user, **fields) -> dict:
    """The form of a login as it stands."""
    return {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "is_active": "on",
        "groups": list(user.groups.values_list("pk", flat=True)),
    } | fields


@pytest.mark.parametrize("who", ["hr", "sergey", "editor", "anna"])
@pytest.mark.parametrize(
    "name", [f"{USERS}:index", f"{GROUPS}:index", "wagtailadmin_reports:site_history"]
)
def test_logins_groups_and_the_history_of_all_are_the_administrators(who, name, request, client_of):
    assert client_of(request.getfixturevalue(who)).get(reverse(name)).status_code == 404


@pytest.mark.parametrize(
    "name", [f"{USERS}:index", f"{USERS}:add", f"{GROUPS}:index", f"{GROUPS}:add"]
)
def test_an_administrator_opens_them(name, administrator, client_of):
    assert client_of(administrator).get(reverse(name)).status_code == 200


def test_an_administrator_does_not_make_a_superuser(administrator, anna, client_of):
    client = client_of(administrator)

    client.post(
        reverse(f"{USERS}:edit", args=[anna.user_id]), account(anna.user, is_superuser="on")
    )
    client.post(
        reverse(f"{USERS}:add"),
        {"email": "s@example.test", "first_name": "S", "last_name": "S", "is_superuser": "on"},
    )

    assert not User.objects.filter(is_superuser=True).exists()
    assert User.objects.filter(email="s@example.test").exists()


def test_an_administrator_does_not_open_a_superusers_login(administrator, superuser, client_of):
    client = client_of(administrator)
    url = reverse(f"{USERS}:edit", args=[superuser.pk])

    assert client.get(url).status_code in (302, 403)
    client.post(url, account(superuser, email="mine@example.test", first_name="A", last_name="B"))
    assert User.objects.get(pk=superuser.pk).email == "root@example.test"


def test_nobody_is_given_another_address_or_loses_roles_by_this_screen(
    administrator, anna, client_of
):
    client_of(administrator).post(
        reverse(f"{USERS}:edit", args=[anna.user_id]),
        account(anna.user, email="other@example.test", groups=[]),
    )

    user = User.objects.get(pk=anna.user_id)
    assert user.email == "anna@example.test"
    assert roles_of(user) == {Role.OPERATOR}


def test_roles_are_not_given_by_this_screen(administrator, anna, client_of):
    ours = Group.objects.get(name=group_name(Role.ADMINISTRATOR))

    client_of(administrator).post(
        reverse(f"{USERS}:edit", args=[anna.user_id]), account(anna.user, groups=[ours.pk])
    )

    assert roles_of(User.objects.get(pk=anna.user_id)) == {Role.OPERATOR}


def test_two_logins_do_not_differ_by_case_only(administrator, anna, client_of):
    response = client_of(administrator).post(
        reverse(f"{USERS}:add"),
        {"email": "ANNA@example.test", "first_name": "A", "last_name": "B"},
    )

    assert response.status_code == 200
    assert User.objects.filter(email_key="anna@example.test").count() == 1


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_nothing_is_done_to_logins_in_bulk(action, superuser, anna, client):
    client.force_login(superuser)
    group = Group.objects.create(name="Гости")
    url = reverse("wagtail_bulk_action", args=["people", "user", action])

    client.post(
        f"{url}?id={anna.user_id}",
        {"role": group.pk, "mark_as_active": "False", "id": anna.user_id},
    )

    user = User.objects.get(pk=anna.user_id)
    assert user.is_active
    assert not user.groups.filter(pk=group.pk).exists()


@pytest.mark.parametrize("action", ["edit", "delete"])
def test_the_groups_of_our_roles_are_neither_shown_nor_changed(action, superuser, client):
    client.force_login(superuser)
    ours = Group.objects.get(name=group_name(Role.EDITOR))
    url = reverse(f"{GROUPS}:{action}", args=[ours.pk])

    assert client.get(url).status_code in (302, 403)
    client.post(url, {"name": "Другое", "permissions": []})
    assert Group.objects.get(pk=ours.pk).name == group_name(Role.EDITOR)
    assert ours.name not in client.get(reverse(f"{GROUPS}:index")).content.decode()


def test_a_customers_own_group_does_not_take_the_name_of_a_role(superuser, client):
    client.force_login(superuser)
    formset = {
        f"{prefix}-{name}": "0"
        for prefix in (
            "page_permissions",
            "collection_permissions",
            "document_permissions",
            "image_permissions",
            "collection_management_permissions",
        )
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    } | {
        f"{prefix}-MAX_NUM_FORMS": "1000"
        for prefix in ("page_permissions", "document_permissions", "image_permissions")
    }

    for name in ("opora:chief", "Гости"):
        client.post(reverse(f"{GROUPS}:add"), {"name": name, **formset})

    assert not Group.objects.filter(name="opora:chief").exists()
    assert Group.objects.filter(name="Гости").exists()
