"""Keys to the API: made by their owner, shown once, taken away by the owner or an administrator."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import APIToken

from people.services import tokens

pytestmark = pytest.mark.django_db


def test_a_new_key_is_shown_once_and_kept_as_a_digest(anna, client_of):
    client = client_of(anna)
    page = client.post(reverse("api_tokens"), {"name": "Тикеты"}).content.decode()
    text = page.partition('id="key-text">')[2].partition("<")[0]

    found, viewer = tokens.owner_of(text, now=timezone.now())

    assert viewer.employee_id == anna.pk
    assert text not in client.get(reverse("api_tokens")).content.decode()
    assert text not in str(APIToken.objects.values())
    assert found.name == "Тикеты"


def test_the_page_is_kept_by_no_cache(anna, client_of):
    response = client_of(anna).post(reverse("api_tokens"), {"name": "Тикеты"})

    assert "no-store" in response["Cache-Control"]


def test_a_key_without_a_name_is_refused(anna, client_of):
    assert client_of(anna).post(reverse("api_tokens"), {"name": " "}).status_code == 422
    assert not APIToken.objects.exists()


def test_ten_keys_are_enough(anna, client_of):
    for number in range(tokens.MOST):
        tokens.create(by=anna.user, name=str(number))

    assert client_of(anna).post(reverse("api_tokens"), {"name": "11"}).status_code == 422
    with pytest.raises(tokens.TooManyTokens):
        tokens.create(by=anna.user, name="11")


def test_its_owner_revokes_it_and_the_first_moment_stays(anna, client_of):
    key, text = tokens.create(by=anna.user, name="Тикеты")

    client_of(anna).post(reverse("api_token_revoke", args=[key.pk]))

    assert tokens.owner_of(text, now=timezone.now()) is None
    first = APIToken.objects.get().revoked_at
    tokens.revoke(token=key, now=timezone.now() + datetime.timedelta(hours=1))
    assert APIToken.objects.get().revoked_at == first


def test_somebody_elses_key_does_not_exist(anna, olga, client_of):
    key, text = tokens.create(by=anna.user, name="Тикеты")

    assert client_of(olga).post(reverse("api_token_revoke", args=[key.pk])).status_code == 404
    assert tokens.owner_of(text, now=timezone.now())


def test_an_administrator_sees_every_key_and_takes_it_away(anna, administrator, client_of):
    key, text = tokens.create(by=anna.user, name="Тикеты линии")
    client = client_of(administrator)

    assert "Тикеты линии" in client.get(reverse("people_tokens:index")).content.decode()
    assert client.get(reverse("people_tokens:delete", args=[key.pk])).status_code == 200
    client.post(reverse("people_tokens:delete", args=[key.pk]))

    assert tokens.owner_of(text, now=timezone.now()) is None
    assert APIToken.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize("name", ["add", "edit"])
def test_nobody_makes_a_key_for_somebody_else(anna, administrator, client_of, name):
    key, _text = tokens.create(by=anna.user, name="Тикеты")
    args = [key.pk] if name == "edit" else []

    assert (
        client_of(administrator).get(reverse(f"people_tokens:{name}", args=args)).status_code == 404
    )


def test_editors_and_hr_see_no_keys(editor, hr, client_of):
    for person in (editor, hr):
        assert client_of(person).get(reverse("people_tokens:index")).status_code == 404


def test_when_it_was_used_is_noted_once_a_minute(anna):
    _key, text = tokens.create(by=anna.user, name="Тикеты")
    now = timezone.now()
    tokens.owner_of(text, now=now)
    tokens.owner_of(text, now=now + datetime.timedelta(seconds=30))
    assert APIToken.objects.get().last_used_at == now

    later = now + datetime.timedelta(minutes=2)
    tokens.owner_of(text, now=later)
    assert APIToken.objects.get().last_used_at == later
