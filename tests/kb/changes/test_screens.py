"""The screens of changes as people use them: reading, answering, a second click, leads, what is not theirs."""

import re

import pytest

from kb.choices import Audience
from kb.models import Acknowledgement, ChangeNotice
from kb.services.audience import set_audience

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_for(as_person):
    """A client that reads English."""

    def _client_for(employee):
        client = as_person(employee)
        client.cookies["django_language"] = "en"
        return client

    return _client_for


def key_in(response) -> str:
    """The one-time key of the form on a page."""
    return re.search(r'name="key" value="([^"]+)"', response.content.decode())[1]


def test_somebody_reads_the_change_says_so_and_the_page_tells_it_is_done(
    forwarding, holders, anna, change, client_for
):
    notice = change(forwarding)
    client, address = client_for(anna), f"/kb/notices/{notice.pk}/"

    page = client.get(address)
    text = page.content.decode()
    assert "Гудок 20 секунд" in text
    assert "<del>20</del><ins>30</ins>" in text
    done = client.post(address, {"key": key_in(page)}, follow=True)

    assert Acknowledgement.objects.get().employee == anna
    assert 'data-state="current"' in done.content.decode()
    assert client.get("/kb/notices/").context["duties"] == []


def test_a_wrong_answer_opens_the_changed_paragraph_and_asks_again(
    forwarding, holders, anna, change, questions, client_for
):
    notice = change(forwarding)
    client, address = client_for(anna), f"/kb/notices/{notice.pk}/"

    page = client.get(address)
    values = {"key": key_in(page), "ref": "how-long", "answer": "20"}
    wrong = client.post(address, values)

    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert re.search(
        r'<details class="fold" open>.*id="changed" tabindex="-1" autofocus', text, re.S
    )
    assert 'value="how-long"' in text
    right = client.post(address, {**values, "key": key_in(wrong), "answer": "30"}, follow=True)
    assert 'value="says-so"' in right.content.decode()
    assert not Acknowledgement.objects.exists()


def test_a_second_tab_finds_the_first_result(forwarding, holders, anna, change, client_for):
    notice = change(forwarding)
    client, address = client_for(anna), f"/kb/notices/{notice.pk}/"
    keys = [key_in(client.get(address)) for _tab in (1, 2)]

    for key in keys:
        assert client.post(address, {"key": key}).status_code == 302
    assert Acknowledgement.objects.count() == 1


def test_an_empty_answer_is_asked_for_again(
    forwarding, holders, anna, change, questions, client_for
):
    notice = change(forwarding)
    client, address = client_for(anna), f"/kb/notices/{notice.pk}/"

    response = client.post(address, {"key": key_in(client.get(address)), "ref": "how-long"})

    assert response.status_code == 422
    assert client.post(address, {"key": "no key"}).status_code == 422


def test_a_notice_of_a_teams_article_is_seen_by_nobody_else(
    forwarding, holders, anna, sergey, administrator, line_two, change, client_for, client, now
):
    notice = change(forwarding)
    set_audience(
        article=forwarding,
        audience=Audience.TEAMS,
        teams=[line_two],
        by=administrator.user,
        now=now,
    )

    for address in ("", "people/", "withdraw/"):
        assert client_for(sergey).get(f"/kb/notices/{notice.pk}/{address}").status_code == 404
    assert client_for(anna).get(f"/kb/notices/{notice.pk}/").status_code == 404
    assert client.get(f"/kb/notices/{notice.pk}/").status_code in (302, 404)


def test_of_what_still_waits_only_its_addressees_know(
    forwarding, holders, anna, hr, auditor, change, client_for, operator
):
    for person in (hr, auditor):
        person.assignments.update(position=type(operator).objects.create(name=person.full_name))
    notice = change(forwarding, hours=48)

    assert client_for(anna).get(f"/kb/notices/{notice.pk}/").status_code == 200
    for person in (hr, auditor):
        assert client_for(person).get(f"/kb/notices/{notice.pk}/").status_code == 404


def test_the_article_links_to_the_change_until_it_is_confirmed(
    forwarding, holders, anna, change, client_for
):
    notice = change(forwarding)
    client = client_for(anna)

    assert f"/kb/notices/{notice.pk}/" in client.get(forwarding.url).content.decode()
    address = f"/kb/notices/{notice.pk}/"
    client.post(address, {"key": key_in(client.get(address))})
    assert address not in client.get(forwarding.url).content.decode()


def test_an_article_with_a_change_to_confirm_takes_at_most_twelve_queries(
    forwarding, holders, anna, change, client_for, django_assert_max_num_queries
):
    change(forwarding)
    client = client_for(anna)
    assert 'href="/kb/notices/' in client.get(forwarding.url).content.decode()

    with django_assert_max_num_queries(12):
        client.get(forwarding.url)


def test_a_lead_withdraws_with_a_reason(forwarding, holders, sergey, change, client_for):
    notice = change(forwarding)
    client, address = client_for(sergey), f"/kb/notices/{notice.pk}/withdraw/"

    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Опечатка"}).status_code == 302
    assert ChangeNotice.objects.get().withdrawn_by == sergey.user
    assert client.post(address, {"reason": "Опечатка"}).status_code == 404


def test_an_editor_sees_the_price_and_is_told_what_is_missing(
    forwarding, holders, editor, client_for, edit_form
):
    client, address = client_for(editor), f"/admin/pages/{forwarding.pk}/edit/"

    assert "прервёт 2 человека, около 4 минут" in client.get(address).content.decode()
    values = edit_form(forwarding, change_size="confirm", **{"action-submit": "1"})
    assert client.post(address, values).context["form"].errors.keys() == {"change_now"}
    client.post(address, {**values, "change_now": "Гудок 30 секунд"})
    assert forwarding.pending_change.size == "confirm"


def test_what_an_article_teaches_is_set_on_its_screen_and_its_risk_follows(
    write_article, telephony, editor, anna, client_for, fresh
):
    telephony.risk = "high"
    telephony.save()
    article = write_article(publish=True)
    address = f"/admin/articles/{article.pk}/competences/"

    client_for(editor).post(address, {"competences": [telephony.pk]})
    assert fresh(article).risk == "high"
    client_for(editor).post(address, {})
    assert fresh(article).risk == "normal"
    assert client_for(anna).get(address).status_code in (302, 403, 404)
