"""Writing, submitting, approving and publishing by the screens of the admin, role by role."""

import datetime
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from kb.choices import Audience, State
from kb.models import ArticlePage, ArticleVersion, VersionState

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


@pytest.fixture
def submitted(write_article, editor, as_person, edit_form):
    """An article that the editor has written and submitted by the form."""
    article = write_article(answer="Черновик.")
    response = as_person(editor).post(
        url("edit", article.pk), edit_form(article, answer="Отдано.", **{"action-submit": "1"})
    )
    assert response.status_code == 302, response.context and response.context["form"].errors
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    return article


def approve_by_modal(client: Client, article) -> object:
    state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
    return client.post(url("workflow_action", article.pk, "approve", state.pk), follow=True)


def test_an_editor_creates_a_draft_by_the_form(editor, section, as_person, new_form):
    client = as_person(editor)
    address = url("add", "kb", "articlepage", section.pk)
    assert client.get(address).status_code == 200

    values = new_form(title="Эхо в трубке", answer="Проверьте гарнитуру.")
    response = client.post(address, values)

    assert response.status_code == 302, response.context["form"].errors
    article = ArticlePage.objects.get(draft_title="Эхо в трубке")
    assert not article.live
    assert article.audience == Audience.INTERNAL
    assert article.slug == "ekho-v-trubke"


def test_a_second_editor_approves_by_the_edit_form_and_the_article_is_in_force(
    submitted, second_editor, as_person, fresh, edit_form
):
    client = as_person(second_editor)
    page = client.get(url("edit", submitted.pk)).content.decode()
    assert "approve" in page

    response = client.post(
        url("edit", submitted.pk),
        edit_form(
            submitted, **{"action-workflow-action": "true", "workflow-action-name": "approve"}
        ),
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


def test_the_author_cannot_approve_by_any_screen(submitted, editor, as_person, fresh, edit_form):
    client = as_person(editor)

    modal = approve_by_modal(client, submitted)
    client.post(
        url("edit", submitted.pk),
        edit_form(
            submitted, **{"action-workflow-action": "true", "workflow-action-name": "approve"}
        ),
    )

    assert modal.status_code == 200
    assert not fresh(submitted).live
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    assert not ArticleVersion.objects.exists()


def test_the_author_cannot_change_what_is_being_looked_at(
    submitted, editor, as_person, fresh, edit_form
):
    as_person(editor).post(url("edit", submitted.pk), edit_form(submitted, answer="Ещё раз."))

    assert fresh(submitted).get_latest_revision_as_object().answer == "Отдано."


def test_a_newer_draft_is_refused_with_a_message_and_nothing_changes(
    submitted, editor, second_editor, as_person, fresh, words_of
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
    submitted, second_editor, as_person, fresh, edit_form, words_of
):
    response = as_person(second_editor).post(
        url("edit", submitted.pk),
        edit_form(
            submitted,
            answer="Исправлено по дороге.",
            **{"action-workflow-action": "true", "workflow-action-name": "approve"},
        ),
        follow=True,
    )

    assert words_of(response)
    assert not fresh(submitted).live
    assert fresh(submitted).get_latest_revision_as_object().answer == "Отдано."


def test_an_editor_cannot_publish_by_any_road(write_article, editor, as_person, fresh, edit_form):
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

    client.post(url("edit", article.pk), edit_form(article, **{"action-publish": "1"}))
    client.post(
        url("edit", article.pk), edit_form(article, go_live_at=soon, **{"action-publish": "1"})
    )
    client.post(
        url("revisions_revert", article.pk, first.pk), edit_form(article, **{"action-publish": "1"})
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
    write_article, administrator, as_person, fresh, edit_form, words_of
):
    article = write_article()

    response = as_person(administrator).post(
        url("edit", article.pk),
        edit_form(article, answer="Сразу.", **{"action-publish": "1"}),
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
    write_article, administrator, as_person, fresh, later, edit_form
):
    article = write_article(publish=True, answer="Старый.")
    soon = timezone.localtime(timezone.now() + datetime.timedelta(hours=1)).strftime(
        "%Y-%m-%d %H:%M"
    )
    client = as_person(administrator)
    client.post(
        url("edit", article.pk),
        edit_form(article, answer="Новый.", go_live_at=soon, **{"action-publish": "1"}),
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
