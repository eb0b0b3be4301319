"""Signing in: by address in any case, throttled, closed to those who are not here, and how sessions end."""

import datetime
import os
import re
import subprocess
import sys

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from people.models import Employee, User
from people.roles import Role, group_name
from people.viewer import Viewer

LOGIN = "/accounts/login/"
DAY = datetime.timedelta(days=1)
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _no_memory_of_other_tests():
    cache.clear()


@pytest.fixture
def sign_in(client):
    """Sign in by the form: ``sign_in("anna@example.test")``."""

    def _sign_in(email: str, password: str = PASSWORD, **fields):
        return client.post(LOGIN, {"login": email, "password": password} | fields)

    return _sign_in


def signed_in(client) -> bool:
    """Whether the client's next request is that of a person."""
    return client.get("/profile/").status_code == 200


@pytest.mark.parametrize("email", ["anna@example.test", "ANNA@Example.TEST", " anna@example.test "])
def test_the_address_is_written_in_any_case(anna, client, sign_in, email):
    sign_in(email)

    assert signed_in(client)


def test_a_wrong_password_is_refused_with_the_same_words_for_known_and_unknown(
    anna, client, sign_in
):
    known = re.sub(r"value=\"[^\"]*\"", "", sign_in("anna@example.test", "wrong").content.decode())
    unknown = re.sub(
        r"value=\"[^\"]*\"", "", sign_in("nobody@example.test", "wrong").content.decode()
    )

    assert not signed_in(client)
    assert re.findall(r"field__error.*?</p>|form__errors.*?</div>", known, re.S) == re.findall(
        r"field__error.*?</p>|form__errors.*?</div>", unknown, re.S
    )


def test_guessing_is_throttled_even_with_the_right_password_at_last(anna, client, sign_in):
    for _attempt in range(6):
        sign_in("anna@example.test", "wrong")

    response = sign_in("anna@example.test")

    assert not signed_in(client)
    assert response.status_code in (200, 429)


def test_an_address_is_throttled_from_many_machines_alike(anna, client):
    for number in range(6):
        client.post(
            LOGIN,
            {"login": "anna@example.test", "password": "wrong"},
            REMOTE_ADDR=f"10.0.0.{number}",
        )
    client.post(
        LOGIN, {"login": "anna@example.test", "password": PASSWORD}, REMOTE_ADDR="10.0.0.99"
    )

    assert not signed_in(client)


def test_a_closed_login_does_not_open(anna, client, sign_in):
    User.objects.filter(pk=anna.user_id).update(is_active=False)

    sign_in("anna@example.test")

    assert not signed_in(client)


def test_somebody_who_has_left_does_not_sign_in_though_nobody_closed_the_login(
    anna, client, sign_in, today
):
    Employee.objects.filter(pk=anna.pk).update(left_on=today - DAY)

    response = sign_in("anna@example.test")

    assert response.url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_somebody_who_starts_tomorrow_does_not_sign_in_today(anna, client, sign_in, today):
    Employee.objects.filter(pk=anna.pk).update(hired_on=today + DAY)

    sign_in("anna@example.test")

    assert "_auth_user_id" not in client.session


def test_a_live_session_ends_with_the_request_after_the_last_day(anna, client_of, today):
    client = client_of(anna)
    assert signed_in(client)
    Employee.objects.filter(pk=anna.pk).update(left_on=today - DAY)

    assert not signed_in(client)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("close", ["left", "inactive"])
@pytest.mark.parametrize("url", ["/admin/", "/admin/people/employees/", "/admin/pages/"])
def test_a_live_session_of_somebody_gone_does_not_enter_the_admin(hr, client_of, today, close, url):
    client = client_of(hr)
    assert client.get("/admin/people/employees/").status_code == 200
    if close == "left":
        Employee.objects.filter(pk=hr.pk).update(left_on=today - DAY)
    else:
        User.objects.filter(pk=hr.user_id).update(is_active=False)

    response = client.get(url)

    assert response.status_code == 302
    assert response.url.startswith(LOGIN)
    assert client.get(response.url).status_code == 200, "no loop between login and admin"


def test_a_superuser_who_worked_here_and_left_is_nobody(anna, today):
    User.objects.filter(pk=anna.user_id).update(is_superuser=True)
    Employee.objects.filter(pk=anna.pk).update(left_on=today - DAY)

    assert not Viewer.of(User.objects.get(pk=anna.user_id)).is_authenticated


def test_the_session_gets_a_new_key_at_sign_in(anna, client, sign_in):
    client.get("/")
    session = client.session
    session["before"] = "1"
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    sign_in("anna@example.test")

    assert signed_in(client)
    assert client.session.session_key != before


def test_nobody_signs_up(client, db):
    response = client.post(
        "/accounts/signup/",
        {"email": "new@example.test", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert response.status_code == 404
    assert not User.objects.filter(email="new@example.test").exists()


@pytest.mark.parametrize(
    "target", ["https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_outside(anna, sign_in, target):
    response = sign_in("anna@example.test", next=target)

    assert response.status_code == 302
    assert response.url == "/"


def test_signing_in_leads_back_to_where_one_was(anna, sign_in):
    assert sign_in("anna@example.test", next="/profile/").url == "/profile/"


@pytest.mark.parametrize(("language", "words"), [("ru", "парол"), ("en", "password")])
def test_the_reset_mail_comes_in_the_language_of_the_page(anna, client, language, words):
    client.post(
        "/accounts/password/reset/", {"email": "ANNA@example.test"}, HTTP_ACCEPT_LANGUAGE=language
    )

    message = mail.outbox[0]
    assert message.to == ["anna@example.test"]
    assert words in (message.subject + message.body).lower()
    assert "/accounts/password/reset/key/" in message.body


def test_a_reset_link_sets_a_password_once(anna, client, sign_in):
    client.post("/accounts/password/reset/", {"email": "anna@example.test"})
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    new = "a brand new secret 7"

    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    assert sign_in("anna@example.test", new).status_code == 302
    assert signed_in(client)
    client.logout()
    assert "password1" not in client.get(link, follow=True).content.decode()


def test_somebody_new_sets_the_first_password_by_the_reset_mail(newcomer, client):
    from people.services.employment import hire

    hire(new=newcomer(), by=None)
    client.post("/accounts/password/reset/", {"email": "zoya@example.test"})

    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_an_old_address_no_longer_resets_the_password(anna, client):
    from people.services.employment import change_details

    change_details(employee=anna, email="anna.k@example.test", by=None)
    client.post("/accounts/password/reset/", {"email": "anna@example.test"})

    assert [m for m in mail.outbox if "/reset/key/" in m.body] == []


def test_the_admin_sends_the_anonymous_to_the_one_login_page(client, db):
    response = client.get("/admin/people/employees/")

    assert response.status_code == 302
    assert response.url == f"{LOGIN}?next=/admin/people/employees/"


@pytest.mark.parametrize("url", ["/admin/login/", "/admin/password_reset/"])
def test_the_admin_has_no_login_and_no_password_page_of_its_own(client, db, url):
    response = client.get(url)

    assert response.status_code == 404 or response.url.startswith(LOGIN)


@pytest.mark.parametrize("role", Role.values)
def test_the_viewer_and_the_admins_own_permission_agree_on_who_enters(role, hire):
    employee = hire("Кто-то Любой", "somebody", role)
    user = User.objects.get(pk=employee.user_id)

    assert Viewer.of(user).may_enter_admin == user.has_perm("wagtailadmin.access_admin")


def test_they_agree_for_superusers_and_for_a_customers_own_group(superuser, anna):
    from django.contrib.auth.models import Group, Permission

    assert Viewer.of(superuser).may_enter_admin
    own = Group.objects.create(name="Методисты")
    own.permissions.add(Permission.objects.get(codename="access_admin"))
    anna.user.groups.add(own)
    user = User.objects.get(pk=anna.user_id)

    assert user.has_perm("wagtailadmin.access_admin")
    assert Viewer.of(user).may_enter_admin
    assert Viewer.of(user).roles == {Role.OPERATOR}


def test_the_group_of_every_role_stands_after_migration(db):
    from django.contrib.auth.models import Group

    names = set(Group.objects.values_list("name", flat=True))
    assert {group_name(role) for role in Role.values} <= names


def test_passwords_are_kept_as_argon2_outside_of_tests(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.contrib.auth.hashers import make_password\n"
        "print(make_password('correct horse battery'))"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lms.settings",
        "OPORA_VAR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )

    assert done.stdout.startswith("argon2")
