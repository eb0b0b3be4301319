"""The back office over HTTP: what each role can do by its screens, and what comes of refusals."""

import datetime
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import TaskState, WorkflowState

from kb.choices import Audience, State
from kb.events import ArticlesMoved
from kb.models import ArticlePage, ArticleVersion, Image, SectionPage, VersionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_person():
    """A client of their own for an employee."""

    def _as_person(employee) -> Client:
        client = Client()
        client.force_login(employee.user)
        return client

    return _as_person


def url(name: str, *args) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def form_of(article: ArticlePage, **changes) -> dict:
    """The edit form of an article as a browser would send it."""
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    values = {
        "title": draft.title,
        "slug": draft.slug,
        "answer": draft.answer,
        "kind": draft.kind,
        "risk": draft.risk,
        "language": draft.language,
        "tags": "",
        "seo_title": "",
        "search_description": "",
        "body-count": "0",
        "content_owner": "",
        "verifier": "",
        "review_interval_days": "",
        "go_live_at": "",
        "expire_at": "",
        "comment_notifications": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return {**values, **changes}


def words_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# --- writing and approving ---------------------------------------------------------------------------------------


@pytest.fixture
def submitted(write_article, editor, as_person):
    """An article that the editor has written and submitted by the form."""
    article = write_article(answer="Черновик.")
    response = as_person(editor).post(
        url("edit", article.pk), form_of(article, answer="Отдано.", **{"action-submit": "1"})
    )
    assert response.status_code == 302, response.context and response.context["form"].errors
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    return article


def approve_by_modal(client: Client, article) -> object:
    state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
    return client.post(url("workflow_action", article.pk, "approve", state.pk), follow=True)


def test_an_editor_creates_a_draft_by_the_form(editor, section, as_person):
    client = as_person(editor)
    address = url("add", "kb", "articlepage", section.pk)
    assert client.get(address).status_code == 200

    values = form_of_new(title="Эхо в трубке", answer="Проверьте гарнитуру.")
    response = client.post(address, values)

    assert response.status_code == 302, response.context["form"].errors
    article = ArticlePage.objects.get(draft_title="Эхо в трубке")
    assert not article.live
    assert article.audience == Audience.INTERNAL
    assert article.slug == "ekho-v-trubke"


def form_of_new(**changes) -> dict:
    page = ArticlePage(title="", slug="", answer="")
    values = {
        "title": page.title,
        "slug": "",
        "answer": "",
        "kind": "how-to",
        "risk": "normal",
        "language": "ru",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return {**values, **changes}


def test_a_second_editor_approves_by_the_edit_form_and_the_article_is_in_force(
    submitted, second_editor, as_person, fresh
):
    client = as_person(second_editor)
    page = client.get(url("edit", submitted.pk)).content.decode()
    assert "approve" in page

    response = client.post(
        url("edit", submitted.pk),
        form_of(submitted, **{"action-workflow-action": "true", "workflow-action-name": "approve"}),
    )

    assert response.status_code == 302
    assert fresh(submitted).live
    assert fresh(submitted).answer == "Отдано."
    assert ArticleVersion.objects.get().approved_by_id == second_editor.user_id


def test_a_lead_approves_from_the_home_page(submitted, sergey, as_person, fresh):
    client = as_person(sergey)
    assert submitted.title in client.get(reverse("wagtailadmin_home")).content.decode()

    approve_by_modal(client, submitted)

    assert fresh(submitted).version == 1


def test_a_lead_reads_and_compares_what_they_approve_and_nothing_else(
    submitted, write_article, sergey, as_person
):
    client = as_person(sergey)
    revision = ArticlePage.objects.get(pk=submitted.pk).latest_revision_id
    other = write_article("Другая")

    assert client.get(url("edit", submitted.pk)).status_code == 200
    assert client.get(url("revisions_view", submitted.pk, revision)).status_code == 200
    compare = url("revisions_compare", submitted.pk, "earliest", "latest")
    assert client.get(compare).status_code == 200
    assert client.get(url("edit", other.pk)).status_code == 302
    assert client.get(reverse("wagtailadmin_explore_root")).status_code == 302


def test_the_author_cannot_approve_by_any_screen(submitted, editor, as_person, fresh):
    client = as_person(editor)

    modal = approve_by_modal(client, submitted)
    client.post(
        url("edit", submitted.pk),
        form_of(submitted, **{"action-workflow-action": "true", "workflow-action-name": "approve"}),
    )

    assert modal.status_code == 200
    assert not fresh(submitted).live
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    assert not ArticleVersion.objects.exists()


def test_the_author_cannot_change_what_is_being_looked_at(submitted, editor, as_person, fresh):
    as_person(editor).post(url("edit", submitted.pk), form_of(submitted, answer="Ещё раз."))

    assert fresh(submitted).get_latest_revision_as_object().answer == "Отдано."


def test_a_newer_draft_is_refused_with_a_message_and_nothing_changes(
    submitted, editor, second_editor, as_person, fresh
):
    draft = fresh(submitted).get_latest_revision_as_object()
    draft.answer = "Дописано."
    draft.save_revision(user=editor.user)

    response = approve_by_modal(as_person(second_editor), submitted)

    assert response.status_code == 200
    assert "черновик" in words_of(response) or "draft" in words_of(response)
    assert not fresh(submitted).live
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_the_modal_of_a_refused_approval_closes_and_leads_to_the_article(
    submitted, editor, second_editor, as_person, fresh
):
    draft = fresh(submitted).get_latest_revision_as_object()
    draft.answer = "Дописано."
    draft.save_revision(user=editor.user)
    state = fresh(submitted).current_workflow_task_state

    response = as_person(second_editor).post(
        url("workflow_action", submitted.pk, "approve", state.pk),
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert json.loads(response.content)["redirect"] == url("edit", submitted.pk)


def test_an_approver_who_changes_the_text_in_the_form_does_not_approve_it(
    submitted, second_editor, as_person, fresh
):
    response = as_person(second_editor).post(
        url("edit", submitted.pk),
        form_of(
            submitted,
            answer="Исправлено по дороге.",
            **{"action-workflow-action": "true", "workflow-action-name": "approve"},
        ),
        follow=True,
    )

    assert words_of(response)
    assert not fresh(submitted).live
    assert fresh(submitted).get_latest_revision_as_object().answer == "Отдано."


def test_an_editor_cannot_publish_by_any_road(write_article, editor, as_person, fresh):
    client = as_person(editor)
    article = write_article(publish=True, answer="В силе.")
    draft = fresh(article).get_latest_revision_as_object()
    draft.answer = "Мимо двоих."
    draft.save_revision(user=editor.user)
    first = fresh(article).revisions.order_by("created_at").first()
    soon = timezone.localtime(timezone.now() + datetime.timedelta(hours=1)).strftime(
        "%Y-%m-%d %H:%M"
    )
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client.post(url("edit", article.pk), form_of(article, **{"action-publish": "1"}))
    client.post(
        url("edit", article.pk), form_of(article, go_live_at=soon, **{"action-publish": "1"})
    )
    client.post(
        url("revisions_revert", article.pk, first.pk), form_of(article, **{"action-publish": "1"})
    )
    client.post(f"{bulk}?id={article.pk}", {"include_descendants": "on"})
    api = client.post(f"/admin/api/main/pages/{article.pk}/action/publish/")
    client.post(url("unpublish", article.pk))

    assert api.status_code == 404
    assert fresh(article).answer == "В силе."
    assert fresh(article).live
    assert ArticleVersion.objects.count() == 1


def test_an_editor_has_no_publish_button(write_article, editor, as_person):
    page = as_person(editor).get(url("edit", write_article().pk)).content.decode()

    assert "action-publish" not in page
    assert "action-submit" in page


def test_an_administrator_publishes_by_the_button_as_a_version(
    write_article, administrator, as_person, fresh
):
    article = write_article()

    response = as_person(administrator).post(
        url("edit", article.pk),
        form_of(article, answer="Сразу.", **{"action-publish": "1"}),
        follow=True,
    )

    assert fresh(article).version == 1
    assert fresh(article).answer == "Сразу."
    assert ArticleVersion.objects.get().approved_by_id == administrator.user_id
    assert article.title in words_of(response)


def test_an_administrator_publishes_in_bulk_as_versions(
    write_article, administrator, as_person, fresh
):
    articles = [write_article("А"), write_article("Б")]
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={article.pk}" for article in articles)

    as_person(administrator).post(f"{bulk}?{ids}", {})

    assert [fresh(article).version for article in articles] == [1, 1]


def test_an_administrator_schedules_and_calls_off(
    write_article, administrator, as_person, fresh, later
):
    article = write_article(publish=True, answer="Старый.")
    soon = timezone.localtime(timezone.now() + datetime.timedelta(hours=1)).strftime(
        "%Y-%m-%d %H:%M"
    )
    client = as_person(administrator)
    client.post(
        url("edit", article.pk),
        form_of(article, answer="Новый.", go_live_at=soon, **{"action-publish": "1"}),
    )
    assert VersionState.objects.get(number=2).state == State.ANNOUNCED
    assert fresh(article).answer == "Старый."

    revision = fresh(article).scheduled_revision
    client.post(url("revisions_unschedule", article.pk, revision.pk))

    assert VersionState.objects.get(number=2).state == State.WITHDRAWN
    assert fresh(article).scheduled_revision is None


def test_unpublishing_by_the_screen_withdraws(write_article, administrator, as_person, fresh):
    article = write_article(publish=True)

    as_person(administrator).post(url("unpublish", article.pk))

    assert not fresh(article).live
    assert VersionState.objects.get().state == State.WITHDRAWN


# --- deleting ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_deleting_an_article_that_was_read_is_refused_in_words(
    write_article, administrator, as_person, fresh, method
):
    article = write_article(publish=True)

    response = getattr(as_person(administrator), method)(url("delete", article.pk), follow=True)

    assert response.status_code == 200
    assert words_of(response)
    assert fresh(article).live


def test_deleting_in_bulk_and_a_whole_section_is_refused(
    write_article, section, administrator, as_person, fresh
):
    article = write_article(publish=True)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client = as_person(administrator)

    for pk in (article.pk, section.pk):
        address = f"{bulk}?id={pk}&next=/admin/pages/"
        assert client.get(address).status_code == 200
        assert client.post(address, {}, follow=True).status_code == 200
    assert client.post(url("delete", section.pk), follow=True).status_code == 200

    assert fresh(article).live
    assert SectionPage.objects.filter(pk=section.pk).exists()


def test_a_superuser_is_refused_too(write_article, administrator, as_person, fresh):
    administrator.user.is_superuser = True
    administrator.user.save()
    article = write_article(publish=True)

    response = as_person(administrator).post(url("delete", article.pk), follow=True)

    assert response.status_code == 200
    assert fresh(article).live


def test_an_administrator_archives_instead(write_article, administrator, editor, as_person, fresh):
    article = write_article(publish=True)
    address = reverse("kb_archive", args=[article.pk])

    assert as_person(editor).post(address).status_code == 302
    assert fresh(article).live
    assert as_person(administrator).get(address).status_code == 200
    as_person(administrator).post(address)

    assert fresh(article).archived_at
    assert not fresh(article).live


# --- copying -----------------------------------------------------------------------------------------------------


def test_the_copy_form_offers_neither_alias_nor_publishing(
    write_article, administrator, as_person, section
):
    article = write_article(publish=True)
    client = as_person(administrator)
    page = client.get(url("copy", article.pk)).content.decode()
    assert 'name="alias"' not in page
    assert 'name="publish_copies"' not in page

    values = {"new_title": "Копия", "new_slug": "copy", "new_parent_page": section.pk}
    client.post(url("copy", article.pk), {**values, "publish_copies": "on"})
    refused = client.post(url("copy", article.pk), {**values, "alias": "on"}, follow=True)

    assert words_of(refused)
    copy = ArticlePage.objects.get(slug="copy")
    assert not copy.live
    assert copy.alias_of is None
    assert ArticlePage.objects.count() == 2


def test_wagtails_privacy_and_api_actions_are_shut(write_article, administrator, as_person):
    administrator.user.is_superuser = True
    administrator.user.save()
    client = as_person(administrator)
    article = write_article()

    assert client.get(url("set_privacy", article.pk)).status_code == 404
    assert client.get(url("convert_alias", article.pk)).status_code == 404
    assert client.post(f"/admin/api/main/pages/{article.pk}/action/publish/").status_code == 404
    assert Client().get("/admin/login/").status_code == 404


# --- the audience ------------------------------------------------------------------------------------------------


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
    write_article, editor, administrator, as_person, fresh
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


# --- lists, choosers, menu ---------------------------------------------------------------------------------------


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


def test_the_list_asks_the_same_for_many_rows(
    write_article, section, editor, as_person, django_assert_max_num_queries
):
    for number in range(12):
        write_article(f"Статья {number}", publish=True, content_owner=editor)
    client = as_person(editor)
    address = reverse("wagtailadmin_explore", args=[section.pk])
    client.get(address)

    with django_assert_max_num_queries(75):
        client.get(address)


def test_an_editor_of_the_tree_sees_the_upkeep_report(write_article, editor, as_person, fresh):
    write_article("Ничья", publish=True)
    mine = write_article("С хозяином", publish=True, content_owner=editor, risk="high")
    ArticlePage.objects.filter(pk=mine.pk).update(
        last_published_at=timezone.now() - datetime.timedelta(days=91)
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


def test_the_page_chooser_of_a_lead_names_nothing_they_may_not_read(
    write_article, section, sergey, editor, line_two, as_person, now
):
    from kb.services.audience import set_audience

    secret = write_article("Тайная переадресация", publish=True)
    set_audience(article=secret, audience=Audience.TEAMS, teams=[line_two], by=None, now=now)
    write_article("Обычная переадресация", publish=True)
    address = reverse("wagtailadmin_choose_page_child", args=[section.pk])

    lead = as_person(sergey).get(address).json()["html"]
    writer = as_person(editor).get(address).json()["html"]

    assert "Обычная" in lead
    assert "Тайная" not in lead
    assert "Тайная" in writer


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


def test_the_form_previews_what_is_typed(write_article, editor, as_person):
    article = write_article()
    client = as_person(editor)
    address = url("preview_on_edit", article.pk)

    posted = client.post(address, form_of(article, answer="Набрано, но не сохранено."))
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


def test_an_administrator_creates_and_publishes_in_one_go(administrator, section, as_person):
    as_person(administrator).post(
        url("add", "kb", "articlepage", section.pk),
        form_of_new(title="Сразу", answer="Да.", **{"action-publish": "1"}),
    )

    assert ArticlePage.objects.get(title="Сразу").version == 1


def test_renaming_a_section_by_its_form_is_told(
    write_article, section, administrator, as_person, told
):
    article = write_article(publish=True)
    events = told(ArticlesMoved)

    as_person(administrator).post(
        url("edit", section.pk),
        {
            **form_of_new(title="Связь", slug="telephony"),
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
