"""The admin as the back office: audience, lists, reports, choosers, menu, previews."""

import datetime
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from kb.choices import Audience
from kb.events import ArticlesMoved
from kb.models import ArticlePage, Image, SectionPage

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


# --- the audience ----------------------------------------------------------------------------------------------------


def test_an_editor_sees_and_sets_the_audience_of_a_draft(
    write_article, editor, as_person, line_one, fresh
):
    article = write_article()
    address = reverse("kb_audience", args=[article.pk])
    client = as_person(editor)
    assert address in client.get(url("edit", article.pk)).content.decode()
    assert "Линия 1" in client.get(address).content.decode()

    client.post(address, {"audience": Audience.TEAMS, "teams": [line_one.pk]})

    assert fresh(article).audience == Audience.TEAMS
    assert list(fresh(article).audience_teams.values_list("team_id", flat=True)) == [line_one.pk]


def test_opening_to_more_people_asks_to_be_confirmed(write_article, editor, as_person, fresh):
    article = write_article()
    address = reverse("kb_audience", args=[article.pk])
    client = as_person(editor)

    unconfirmed = client.post(address, {"audience": Audience.PUBLIC})
    assert unconfirmed.status_code == 200
    assert fresh(article).audience == Audience.INTERNAL
    client.post(address, {"audience": Audience.PUBLIC, "confirmed": "on"})

    assert fresh(article).audience == Audience.PUBLIC


def test_opening_a_live_article_is_refused_to_an_editor_in_words(
    write_article, editor, administrator, as_person, fresh, words_of
):
    article = write_article(publish=True)
    address = reverse("kb_audience", args=[article.pk])
    values = {"audience": Audience.PUBLIC, "confirmed": "on"}

    refused = as_person(editor).post(address, values, follow=True)
    assert words_of(refused)
    assert fresh(article).audience == Audience.INTERNAL
    as_person(administrator).post(address, values)

    assert fresh(article).audience == Audience.PUBLIC


@pytest.mark.parametrize("who", ["sergey", "hr", "ilya"])
def test_other_people_of_the_back_office_do_not_set_the_audience(
    write_article, as_person, request, who, fresh
):
    article = write_article()

    as_person(request.getfixturevalue(who)).post(
        reverse("kb_audience", args=[article.pk]), {"audience": Audience.PUBLIC, "confirmed": "on"}
    )

    assert fresh(article).audience == Audience.INTERNAL


def test_the_status_panel_tells_the_audience_and_not_wagtails_privacy(
    write_article, section, editor, administrator, as_person
):
    article = write_article()

    for person in (editor, administrator):
        page = as_person(person).get(url("edit", article.pk)).content.decode()
        assert str(article.get_audience_display()) in page
        assert "set-privacy" not in page
    assert (
        "set-privacy" not in as_person(administrator).get(url("edit", section.pk)).content.decode()
    )
    add = as_person(editor).get(url("add", "kb", "articlepage", section.pk)).content.decode()
    assert str(article.get_audience_display()) in add


# --- lists, choosers, menu -------------------------------------------------------------------------------------------


def test_the_list_says_whose_for_whom_and_which_version(
    write_article, section, editor, second_editor, as_person
):
    article = write_article("Переадресация", publish=True, content_owner=second_editor)
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.go_live_at = timezone.now() + datetime.timedelta(days=3)
    draft.save_revision().publish()

    page = as_person(editor).get(reverse("wagtailadmin_explore", args=[section.pk]))

    text = page.content.decode()
    assert second_editor.full_name in text
    assert str(article.get_audience_display()) in text
    assert str(article.get_kind_display()) in text
    assert "1 · 2" in text


def test_the_list_asks_the_same_for_many_rows(write_article, section, editor, as_person):
    client = as_person(editor)
    address = reverse("wagtailadmin_explore", args=[section.pk])

    def questions() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    for number in range(2):
        write_article(f"Статья {number}", publish=True, content_owner=editor)
    few = questions()
    for number in range(2, 12):
        write_article(f"Статья {number}", publish=True, content_owner=editor)

    # Once a second a request also asks whether a version is due.
    assert questions() <= few + 1


def test_an_editor_of_the_tree_sees_the_upkeep_report(write_article, editor, as_person, fresh):
    write_article("Ничья", publish=True)
    mine = write_article("С хозяином", publish=True, content_owner=editor, risk="high")
    ArticlePage.objects.filter(pk=mine.pk).update(
        first_published_at=timezone.now() - datetime.timedelta(days=91)
    )
    client = as_person(editor)

    everything = client.get(reverse("kb_upkeep")).content.decode()
    unowned = client.get(reverse("kb_upkeep"), {"matter": "no-owner"}).content.decode()
    due = client.get(reverse("kb_upkeep_results"), {"matter": "due"}).content.decode()
    export = client.get(reverse("kb_upkeep"), {"export": "csv"})

    assert "Ничья" in everything
    assert "С хозяином" in everything
    assert "Ничья" in unowned
    assert "С хозяином" not in unowned
    assert "С хозяином" in due
    assert "Ничья" not in due
    assert "Ничья" in b"".join(export.streaming_content).decode()


def test_pages_are_chosen_by_who_writes_and_nobody_else(
    write_article, section, sergey, hr, editor, as_person
):
    write_article("Обычная переадресация", publish=True)
    address = reverse("wagtailadmin_choose_page_child", args=[section.pk])

    assert "Обычная" in as_person(editor).get(address).json()["html"]
    for other in (sergey, hr):
        assert as_person(other).get(address).status_code == 404


def test_the_menu_names_what_is_there_and_hides_what_is_not_used(editor, administrator, as_person):
    page = as_person(editor).get(reverse("wagtailadmin_home")).content.decode()

    for unused in ("/admin/sites/", "/admin/snippets/", "wagtail.org"):
        assert unused not in page
    assert reverse("tags:index") in page


@pytest.mark.parametrize("who", ["anna", "denis", "auditor"])
def test_who_has_no_business_there_does_not_enter(as_person, request, who):
    assert as_person(request.getfixturevalue(who)).get("/admin/").status_code == 404


def test_the_anonymous_are_sent_to_the_one_login():
    response = Client().get("/admin/")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_the_history_tells_of_the_audience(write_article, editor, as_person, now):
    from kb.services.audience import set_audience

    article = write_article()
    set_audience(article=article, audience=Audience.PUBLIC, by=editor.user, now=now)

    page = as_person(editor).get(url("history", article.pk)).content.decode()

    assert "→" in page


def test_a_draft_previews_with_its_internal_part_for_who_edits_and_for_nobody_else(
    write_article, editor, anna, as_person
):
    article = write_article(
        answer="Секретный черновик",
        body=[{"type": "internal", "value": [{"type": "text", "value": "<p>Для своих</p>"}]}],
    )

    shown = as_person(editor).get(url("view_draft", article.pk)).content.decode()
    hidden = as_person(anna).get(url("view_draft", article.pk))

    assert "Секретный черновик" in shown
    assert "Для своих" in shown
    assert hidden.status_code == 404


def test_the_form_previews_what_is_typed(write_article, editor, as_person, edit_form):
    article = write_article()
    client = as_person(editor)
    address = url("preview_on_edit", article.pk)

    posted = client.post(address, edit_form(article, answer="Набрано, но не сохранено."))
    shown = client.get(address, {"mode": ""}).content.decode()

    assert json.loads(posted.content)["is_available"]
    assert "Набрано, но не сохранено." in shown


def test_a_draft_is_shown_only_to_who_may_edit_it_whatever_view_asks(
    write_article, editor, sergey, rf, viewer_of
):
    from django.http import Http404

    article = write_article(answer="Секретный черновик")
    request = rf.get("/")
    request.user, request.viewer = sergey.user, viewer_of(sergey)

    with pytest.raises(Http404):
        article.serve_preview(request, "")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_editors_see_thumbnails_of_what_no_article_shows_yet(editor, anna, as_person):
    image = Image.objects.create(title="Схема", file=get_test_image_file())
    client = as_person(editor)

    assert "Схема" in client.get(reverse("wagtailimages:index")).content.decode()
    rendition = image.get_rendition("max-165x165")
    shown = client.get(rendition.url)
    hidden = as_person(anna).get(rendition.url)

    assert b"".join(shown.streaming_content)
    assert shown.headers["Content-Type"].startswith("image/")
    assert hidden.status_code == 404


def test_an_administrator_creates_and_publishes_in_one_go(
    administrator, section, as_person, new_form
):
    as_person(administrator).post(
        url("add", "kb", "articlepage", section.pk),
        new_form(title="Сразу", answer="Да.", **{"action-publish": "1"}),
    )

    assert ArticlePage.objects.get(title="Сразу").version == 1


def test_renaming_a_section_by_its_form_is_told(
    write_article, section, administrator, as_person, told, new_form
):
    article = write_article(publish=True)
    events = told(ArticlesMoved)

    as_person(administrator).post(
        url("edit", section.pk),
        {
            **new_form(title="Связь", slug="telephony"),
            "intro": "",
            "content_owner": "",
            "action-publish": "1",
        },
    )

    assert SectionPage.objects.get(pk=section.pk).title == "Связь"
    assert [event.article_ids for event in events] == [(article.pk,)]


def test_no_api_of_wagtails_is_mounted_beside_the_admins_own():
    for address in (
        "/api/v2/pages/",
        "/api/v3/pages/",
        "/api/v2/images/",
        "/admin/api/main/images/",
    ):
        assert Client().get(address).status_code in {401, 404}
