"""Four eyes: who approves, what exactly is approved, and that nothing goes past it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import GroupPagePermission, TaskState, Workflow, WorkflowState

from kb.choices import Audience, State
from kb.models import ArticleVersion, SectionPage, VersionState
from kb.refusals import ApprovalRefused
from kb.services.audience import set_audience
from kb.services.rights import ensure_page_rights
from people.roles import Role

pytestmark = pytest.mark.django_db


def test_a_second_editor_approves_and_exactly_the_submitted_text_is_in_force(
    write_article, submit, approve, editor, second_editor, fresh
):
    article = write_article()
    submit(article, editor, answer="Написано и отдано.")

    approve(article, second_editor)

    assert fresh(article).answer == "Написано и отдано."
    version = ArticleVersion.objects.get()
    assert version.approved_by_id == second_editor.user_id
    assert fresh(article).version == 1
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED


def test_a_lead_and_an_administrator_approve_too(
    write_article, submit, approve, editor, sergey, administrator, fresh
):
    for person in (sergey, administrator):
        article = write_article(f"Статья {person.pk}")
        submit(article, editor)
        approve(article, person)
        assert fresh(article).version == 1


def test_who_wrote_does_not_approve(write_article, submit, approve, editor, fresh):
    article = write_article()
    submit(article, editor)

    with pytest.raises(ApprovalRefused):
        approve(article, editor)

    assert not fresh(article).live
    assert not ArticleVersion.objects.exists()
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_whoever_saved_anything_since_the_last_version_does_not_approve(
    write_article, submit, approve, editor, second_editor, fresh
):
    article = write_article()
    draft = fresh(article).get_latest_revision_as_object()
    draft.answer = "Правка второго."
    draft.save_revision(user=second_editor.user)
    submit(article, editor)

    with pytest.raises(ApprovalRefused):
        approve(article, second_editor)


def test_what_was_saved_before_the_last_version_does_not_count(
    write_article, submit, approve, editor, second_editor, sergey, fresh
):
    article = write_article()
    submit(article, second_editor, answer="Первая.")
    approve(article, sergey)
    submit(article, editor, answer="Вторая.")

    approve(article, second_editor)

    assert fresh(article).answer == "Вторая."
    assert fresh(article).version == 2


def test_a_purged_revision_does_not_make_its_writer_an_approver(
    write_article, submit, approve, editor, second_editor, fresh
):
    article = write_article()
    draft = fresh(article).get_latest_revision_as_object()
    draft.answer = "Правка второго."
    saved = draft.save_revision(user=second_editor.user, log_action=True)
    submit(article, editor)
    saved.delete()

    with pytest.raises(ApprovalRefused):
        approve(article, second_editor)


@pytest.mark.parametrize(
    "role", [Role.OPERATOR, Role.TRAINER, Role.REVIEWER, Role.HR, Role.AUDITOR]
)
def test_no_other_role_approves(write_article, submit, approve, editor, hire, role):
    article = write_article()
    submit(article, editor)

    with pytest.raises(ApprovalRefused):
        approve(article, hire("Кто-то Другой", "other", role))


def test_a_lead_does_not_approve_what_their_people_may_not_read(
    write_article, submit, approve, editor, sergey, line_one, line_two, now, fresh
):
    article = write_article()
    set_audience(article=article, audience=Audience.TEAMS, teams=[line_two], by=None, now=now)
    submit(article, editor)
    with pytest.raises(ApprovalRefused):
        approve(article, sergey)

    set_audience(
        article=article, audience=Audience.TEAMS, teams=[line_one, line_two], by=None, now=now
    )
    approve(article, sergey)

    assert fresh(article).version == 1


def test_a_newer_draft_after_submission_is_refused_with_clear_words(
    write_article, submit, approve, editor, second_editor, fresh
):
    article = write_article()
    submit(article, editor, answer="Отдано.")
    draft = fresh(article).get_latest_revision_as_object()
    draft.answer = "Дописано."
    draft.save_revision(user=editor.user)

    with pytest.raises(ApprovalRefused, match=r"\w+ \w+"):
        approve(article, second_editor)

    assert not fresh(article).live
    assert not ArticleVersion.objects.exists()
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_autosave_over_the_submitted_revision_is_refused_too(
    write_article, submit, approve, editor, second_editor, fresh
):
    article = write_article()
    submit(article, editor, answer="Отдано.")
    draft = fresh(article).get_latest_revision_as_object()
    draft.answer = "Переписано на том же месте."
    draft.save_revision(user=editor.user, overwrite_revision=fresh(article).get_latest_revision())

    with pytest.raises(ApprovalRefused):
        approve(article, second_editor)

    assert not ArticleVersion.objects.exists()


def test_sent_back_and_submitted_again_it_can_be_approved(
    write_article, submit, approve, editor, second_editor, fresh
):
    article = write_article()
    submit(article, editor, answer="Отдано.")
    page = fresh(article)
    page.current_workflow_task.on_action(
        page.current_workflow_task_state, second_editor.user, "reject"
    )
    draft = fresh(article).get_latest_revision_as_object()
    draft.answer = "Исправлено."
    draft.save_revision(user=editor.user)
    fresh(article).current_workflow_state.resume(editor.user)

    approve(article, second_editor)

    assert fresh(article).answer == "Исправлено."


def test_a_crash_while_publishing_leaves_nothing_half_approved(
    write_article, submit, approve, editor, second_editor, fresh
):
    from kb.extensions import PublishingRefused, publishing

    article = write_article()
    submit(article, editor)

    def object_to(article, version):
        yield "Нет."

    publishing.register(object_to)
    try:
        with pytest.raises(PublishingRefused):
            approve(article, second_editor)
    finally:
        publishing.unregister(object_to)

    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    assert not fresh(article).live


def test_an_approved_text_with_a_date_is_announced(
    write_article, submit, approve, editor, second_editor, later, fresh
):
    article = write_article(publish=True, answer="Старый.")
    moment = timezone.now() + timedelta(hours=1)
    submit(article, editor, answer="Новый.", go_live_at=moment)

    approve(article, second_editor)

    assert fresh(article).answer == "Старый."
    assert VersionState.objects.get(number=2).state == State.ANNOUNCED


def test_a_date_changed_after_submission_is_another_text(
    write_article, submit, approve, editor, second_editor, fresh
):
    article = write_article()
    submit(article, editor)
    draft = fresh(article).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(user=editor.user, overwrite_revision=fresh(article).get_latest_revision())

    with pytest.raises(ApprovalRefused):
        approve(article, second_editor)


def test_sections_are_approved_in_the_same_way(
    section, submit, editor, second_editor, root_section
):
    draft = root_section.add_child(instance=SectionPage(title="Новый", slug="new", live=False))
    draft.save_revision(user=editor.user)
    draft.get_workflow().start(draft, editor.user)
    page = SectionPage.objects.get(pk=draft.pk)

    with pytest.raises(ApprovalRefused):
        page.current_workflow_task.on_action(
            page.current_workflow_task_state, editor.user, "approve"
        )
    page.current_workflow_task.on_action(
        page.current_workflow_task_state, second_editor.user, "approve"
    )

    assert SectionPage.objects.get(pk=draft.pk).live


# --- rights ------------------------------------------------------------------------------------------------------


def test_editors_hold_no_right_to_publish_anywhere(editor, root_section):
    rights = set(
        GroupPagePermission.objects.filter(group__user=editor.user).values_list(
            "permission__codename", flat=True
        )
    )

    assert rights == {"add_page", "change_page"}


@pytest.mark.parametrize("write", ["publish", "schedule"])
def test_an_editor_cannot_publish_by_a_script_in_their_name(write_article, editor, fresh, write):
    article = write_article()
    draft = fresh(article)
    if write == "schedule":
        draft.go_live_at = timezone.now() + timedelta(hours=1)
    revision = draft.save_revision(user=editor.user)

    with pytest.raises(PermissionDenied):
        revision.publish(user=editor.user)

    assert not ArticleVersion.objects.exists()


def test_rights_are_asserted_again_and_a_customers_own_groups_stay(editor, root_section):
    from django.contrib.auth.models import Group, Permission

    own = Group.objects.create(name="Наши технологи")
    right = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    editors = editor.user.groups.get()
    for group in (own, editors):
        GroupPagePermission.objects.create(group=group, page=root_section, permission=right)

    ensure_page_rights()
    ensure_page_rights()

    assert own.page_permissions.count() == 1
    assert not editors.page_permissions.filter(permission=right).exists()


def test_there_is_one_workflow_and_no_stock_of_wagtails(root_section):
    from django.contrib.auth.models import Group

    assert Workflow.objects.count() == 1
    assert root_section.get_workflow() == Workflow.objects.get()
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_the_tasks_of_a_person_are_those_they_may_approve(
    write_article, submit, editor, second_editor
):
    mine, theirs = write_article("Моя"), write_article("Чужая")
    submit(mine, second_editor)
    submit(theirs, editor)

    waiting = TaskState.objects.reviewable_by(second_editor.user)

    assert [state.revision.object_id for state in waiting] == [str(theirs.pk)]
