"""Home by role: what each sees at the same address, and how many questions the database is asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from kb.middleware import PutInForceMiddleware
from kb.models import SectionPage
from people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies["language"] = "en"


@pytest.fixture
def queries(monkeypatch):
    """The number of queries of a request, the one of the clock always among them."""
    monkeypatch.setattr(PutInForceMiddleware, "INTERVAL", 0.0)

    def count(client, url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count


def page(client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_customer_gets_search_sections_and_the_door_for_staff(client, write_article):
    write_article("Открытая", audience="public", publish=True)
    write_article("Внутренняя", publish=True)
    html = page(client)
    assert "How can we help?" in html
    assert 'name="q"' in html
    assert "Открытая" in html
    assert "Внутренняя" not in html
    assert "Staff sign-in" in html
    assert 'class="rail"' not in html


def test_an_operator_is_greeted_by_name_and_sees_internal_articles(
    client_of, anna, write_article, line_one
):
    write_article("Внутренняя", publish=True)
    html = page(client_of(anna))
    assert ", Анна" in html
    assert line_one.name in html
    assert "Внутренняя" in html


def test_the_rail_shows_the_back_office_only_to_those_who_may_enter(client_of, anna):
    assert 'href="/admin/"' not in page(client_of(anna))


def test_an_editor_gets_drafts_and_the_way_to_write(client_of, editor, write_article):
    write_article("Как отвечать на отзывы").save_revision(user=editor.user)
    html = page(client_of(editor))
    assert "Your drafts" in html
    assert "Как отвечать на отзывы" in html
    assert "Write an article" in html


def test_an_operator_is_not_told_of_drafts(client_of, anna, editor, write_article):
    write_article("Как отвечать на отзывы").save_revision(user=editor.user)
    assert "Как отвечать на отзывы" not in page(client_of(anna))


def test_the_administrator_of_an_empty_house_sees_first_steps(client_of, administrator):
    assert "First steps" in page(client_of(administrator))


def test_an_article_sent_for_approval_waits_on_the_home_of_another_editor(
    client_of, editor, second_editor, write_article, root_section
):
    article = write_article("Перенос номера")
    article.save_revision(user=editor.user)
    workflow = Workflow.objects.create(name="Check")
    task = GroupApprovalTask.objects.create(name="Second pair of eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(article, editor.user)
    html = page(client_of(second_editor))
    assert "Перенос номера" in html
    assert editor.full_name in html


def test_queries_of_home_do_not_grow_with_articles_and_sections(
    queries, client_of, editor, write_article, root_section
):
    client = client_of(editor)
    write_article("Первая", publish=True)
    queries(client, "/")
    few = queries(client, "/")
    for number in range(6):
        root = SectionPage.objects.get(pk=root_section.pk)
        section = root.add_child(instance=SectionPage(title=f"Раздел {number}", slug=f"s{number}"))
        write_article(f"Статья {number}", parent=section, publish=True)
        write_article(f"Черновик {number}", parent=section).save_revision(user=editor.user)
    # Lists that were empty cost the query that finds them empty, so the number stays the same.
    assert queries(client, "/") <= few


def test_queries_of_the_public_front_are_few(queries, client, write_article):
    write_article("Первая", audience="public", publish=True)
    queries(client, "/")
    assert queries(client, "/") <= 6


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home(hire, client_of, role, root_section):
    assert "</h1>" in page(client_of(hire("Проба Пера", f"probe-{role}", role)))


def test_single_keys_are_switched_off_and_on_again(client_of, anna):
    client = client_of(anna)
    client.post(reverse("set_single_keys"), {"single_keys": "off", "next": "/"})
    assert 'data-single-keys="off"' in page(client)
    anna.refresh_from_db()
    assert anna.single_keys is False
    client.post(reverse("set_single_keys"), {"single_keys": "on", "next": "/"})
    assert 'data-single-keys="off"' not in page(client)


def test_the_switch_never_leads_to_another_site(client):
    response = client.post(
        reverse("set_single_keys"), {"single_keys": "off", "next": "https://evil.example/"}
    )
    assert response["Location"] == "/"


def test_the_style_guide_shows_in_both_languages(client):
    assert "Every part, every state." in client.get("/styleguide/").content.decode()
    client.cookies["language"] = "ru"
    assert "Каждая часть, каждое состояние." in client.get("/styleguide/").content.decode()


def test_a_theme_chosen_once_comes_along_to_another_device(client_of, anna, client):
    client_of(anna).post(reverse("set_theme"), {"theme": "dark", "next": "/"})
    client.cookies.pop("theme")
    assert 'data-theme="dark"' in page(client)
    client.post(reverse("set_theme"), {"theme": "system", "next": "/"})
    client.cookies.pop("theme", None)
    assert "data-theme=" not in page(client)


@pytest.mark.parametrize("url", ["/", "/styleguide/", "/accounts/login/", "/no/such/page/"])
def test_no_link_and_no_form_of_the_frame_is_empty(client_of, client, anna, url):
    anonymous = client.get(url).content.decode()
    signed_in = client_of(anna).get(url, follow=True).content.decode()
    for html in (anonymous, signed_in):
        assert 'href=""' not in html
        assert 'action=""' not in html


def test_signing_out_and_the_password_are_in_the_account_menu(client_of, anna):
    html = page(client_of(anna))
    assert f'action="{reverse("account_logout")}"' in html
    assert f'href="{reverse("account_change_password")}"' in html


def test_the_door_for_staff_comes_back_to_the_page(client, root_section):
    assert (
        'href="/accounts/login/?next=%2Fstyleguide%2F"'
        in client.get("/styleguide/").content.decode()
    )
