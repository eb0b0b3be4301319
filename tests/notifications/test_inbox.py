"""The inbox: one's own, new ones first, read by opening, asked again at every look."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notifications.models import Delivery, DeliveryState, Notification, Preference

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies["language"] = "en"


def html(client, address="/inbox/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_inbox_says_so_and_leads_on(client_of, anna):
    page = html(client_of(anna))

    assert "Nothing new" in page
    assert 'href="/kb/"' in page


def test_everybody_sees_their_own_with_the_reason_and_nobody_elses(tell, client_of, anna, olga):
    tell(anna, number=1)
    tell(olga, number=2)

    page = html(client_of(anna))

    assert "Секретное имя 1" in page
    assert "Because" in page
    assert "Секретное имя 2" not in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_notification_is_answered_like_a_missing_one(tell, client_of, anna, olga, method):
    tell(olga)
    foreign = Notification.objects.get().pk
    name = {"get": "notification_open", "post": "notification_read"}[method]
    client = client_of(anna)

    answers = [
        getattr(client, method)(reverse(name, args=[pk])).status_code
        for pk in (foreign, foreign + 999)
    ]

    assert answers == [404, 404]
    assert Notification.objects.get().read_at is None


def test_a_customer_has_no_inbox(client, db):
    assert client.get("/inbox/").status_code == 404


def test_opening_leads_there_and_marks_it_read(tell, client_of, anna):
    tell(anna)
    notification = Notification.objects.get()
    address = reverse("notification_open", args=[notification.pk])
    client = client_of(anna)

    client.head(address)
    notification.refresh_from_db()
    assert notification.read_at is None
    assert client.get(address)["Location"] == "/kb/"
    notification.refresh_from_db()
    assert notification.read_at is not None


def test_ticking_off_changes_the_counts_and_can_be_taken_back(tell, client_of, anna):
    tell(anna, number=1)
    tell(anna, number=2)
    client = client_of(anna)
    address = reverse("notification_read", args=[Notification.objects.first().pk])

    ticked = client.post(address, headers={"HX-Request": "true"}).content.decode()
    assert "row--read" in ticked
    assert 'id="bell"' in ticked
    assert Notification.objects.unread().count() == 1
    assert "Marked as read" in ticked

    back = client.post(address, {"undo": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "row--unread" in back
    assert Notification.objects.unread().count() == 2


def test_without_script_ticking_off_comes_back_to_the_list(tell, client_of, anna):
    tell(anna)
    address = reverse("notification_read", args=[Notification.objects.get().pk])

    assert client_of(anna).post(address)["Location"] == "/inbox/"


def test_all_are_marked_read_but_not_what_came_since_and_it_can_be_undone(tell, client_of, anna):
    tell(anna, number=1)
    up_to = Notification.objects.get().pk
    tell(anna, number=2)
    client = client_of(anna)

    answer = client.post("/inbox/read/", {"up_to": up_to})
    assert Notification.objects.unread().count() == 1
    page = client.get(answer["Location"])
    client.post("/inbox/read/", {"undo": page.context["ticked_off"].isoformat()})
    assert Notification.objects.unread().count() == 2


@pytest.mark.parametrize("text", ["", "x", "-1", "9" * 30])
def test_a_strange_number_marks_nothing(tell, client_of, anna, text):
    tell(anna)

    assert client_of(anna).post("/inbox/read/", {"up_to": text}).status_code == 302
    assert Notification.objects.unread().count() == 1


def test_what_they_may_not_see_any_more_leaves_inbox_and_bell(tell, client_of, anna, greeting):
    tell(anna)
    greeting.hidden_from.add(anna.pk)
    client = client_of(anna)

    assert "Секретное" not in html(client)
    assert client.get("/inbox/").context["frame"].inbox.count == 0


def test_a_kind_that_no_app_knows_breaks_nothing(client_of, anna, now):
    Notification.objects.create(recipient=anna, kind="gone.app", event_key="x", created_at=now)

    assert "Nothing new" in html(client_of(anna))


def test_the_bell_counts_what_is_new_in_one_query_on_every_page(tell, client_of, anna):
    for number in range(3):
        tell(anna, number=number)

    with CaptureQueriesContext(connection) as captured:
        page = html(client_of(anna), "/")

    assert sum('FROM "notifications_notification"' in q["sql"] for q in captured) == 1
    assert 'id="rail-count-inbox"' in page
    assert 'id="bar-count-inbox"' in page


def test_the_queries_of_the_inbox_do_not_grow_with_its_rows(tell, client_of, anna):
    client = client_of(anna)
    tell(anna, number=1)
    html(client)
    with CaptureQueriesContext(connection) as few:
        html(client)
    for number in range(2, 40):
        tell(anna, number=number)
    with CaptureQueriesContext(connection) as many:
        page = html(client)

    assert len(many) == len(few)
    assert 'rel="next"' in page


def test_mail_is_switched_off_and_on_again_by_group(tell, client_of, anna, greeting):
    client = client_of(anna)
    page = client.get("/inbox/preferences/")
    assert "anna@example.test" in page.content.decode()
    chosen = {f"pace-{key}": "at_once" for key in page.context["paces"].fields}
    name = f"pace-{greeting.group.key}"

    for pace in ("off", "at_once"):
        client.post("/inbox/preferences/", chosen | {name: pace, "digest_at": "09:00"})
        assert Preference.objects.get(group=greeting.group.key).pace == pace


def test_administrators_see_what_was_given_up_and_nobody_else_does(
    tell, client_of, anna, administrator, editor
):
    tell(anna)
    Delivery.objects.update(state=DeliveryState.DEAD, error="550 no such box")
    client = client_of(administrator)

    assert "550 no such box" in html(client, "/admin/reports/deliveries/")
    assert "550 no such box" in html(client, "/admin/reports/deliveries/?state=dead&channel=email")
    assert "550 no such box" not in html(client, "/admin/reports/deliveries/?state=sent")
    assert client.get("/admin/reports/deliveries/again/").status_code == 200
    client.post("/admin/reports/deliveries/again/")
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert client_of(editor).get("/admin/reports/deliveries/").status_code != 200
    assert client_of(editor).post("/admin/reports/deliveries/again/").status_code != 200
