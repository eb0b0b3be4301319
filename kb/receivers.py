"""What kb does when Wagtail has unpublished, moved or is about to delete a page, or a submission moves on."""

from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.signals import (
    page_unpublished,
    post_page_move,
    task_approved,
    task_cancelled,
    task_rejected,
    task_submitted,
)

from common.events import emit, subscribe
from kb.events import (
    ArticlePutInForce,
    ArticlesMoved,
    ArticleWithdrawn,
    ChangeAnnounced,
    VersionAnnounced,
)
from kb.models import ArticlePage, ChangeNotice, ChangePackage
from kb.models.approval import ArticleApprovalState
from kb.services.approval_notices import (
    take_question_back,
    tell_of_answer,
    tell_of_submission,
)
from kb.services.archiving import refuse_deletion
from kb.services.changes import withdraw_what_never_held
from kb.services.following import tell_followers
from kb.services.packages import announce_notice, announce_package
from kb.services.verifying import note_approval
from kb.services.versions import withdraw


def withdraw_unpublished(instance, **kwargs) -> None:
    """An article went off: nothing of it is in force. What is announced goes too, unless it only expired."""
    if isinstance(instance, ArticlePage):
        withdraw(article=instance, now=timezone.now(), announced_too=not instance.expired)


@transaction.atomic
def tell_of_move(instance, url_path_before, url_path_after, **kwargs) -> None:
    """A page moved: all articles at and below it stand somewhere else now."""
    if url_path_before == url_path_after:
        return
    moved = instance.get_descendants(inclusive=True).filter(articlepage__isnull=False)
    article_ids = tuple(moved.values_list("pk", flat=True))
    if article_ids:
        emit(ArticlesMoved(article_ids=article_ids))


def refuse_to_delete(instance, **kwargs) -> None:
    """The last guard under every road to deletion, also of a whole section. Raises ArticleKept."""
    refuse_deletion(instance)


def tell_approvers(instance, **kwargs) -> None:
    """A text was submitted: in the same transaction it stands in the inbox of those who may approve it."""
    tell_of_submission(task_state=instance, now=timezone.now())


def tell_author(instance, **kwargs) -> None:
    """A submission was answered: whoever sent it is told in the same transaction."""
    tell_of_answer(task_state=instance, now=timezone.now())


def stop_asking(instance, **kwargs) -> None:
    """A submission was called off: nobody has to answer it."""
    take_question_back(task_state=instance, now=timezone.now())


def announce_change(event: ChangeAnnounced) -> None:
    """In the publication's own transaction: cells become stale, people are told; of a package once it is whole."""
    notices = ChangeNotice.objects.select_related("version__approved_by", "package")
    announce_notice(notice=notices.get(pk=event.notice_id), now=timezone.now())


def forget_changes_of_withdrawn(event: ArticleWithdrawn) -> None:
    """Nobody has to confirm what readers no longer get."""
    uuid = ArticlePage.objects.values_list("uuid", flat=True).get(pk=event.article_id)
    withdraw_what_never_held(article_uuid=uuid, now=timezone.now())


def forget_changes_passed_over(event: ArticlePutInForce | VersionAnnounced) -> None:
    """Another version is to hold instead of one that was announced."""
    withdraw_what_never_held(article_uuid=event.article_uuid, now=timezone.now())


def tell_who_follows(event: ArticlePutInForce) -> None:
    """In the same transaction as the version: whoever follows the article or a section above it hears of it."""
    article = ArticlePage.objects.defer("body").get(pk=event.article_id)
    tell_followers(article=article, number=event.number, now=timezone.now())


def announce_its_package(event: ArticlePutInForce) -> None:
    """In the same transaction as the version: at the latest now its package is announced."""
    of_package = ChangePackage.objects.filter(
        announced_at=None,
        notices__article_uuid=event.article_uuid,
        notices__number=event.number,
    )
    for package in of_package:
        announce_package(package=package, now=timezone.now())


def note_who_approved(event: ArticlePutInForce) -> None:
    """In the same transaction as the version: a second person's approval is a look at the article."""
    article = ArticlePage.objects.defer("body").get(pk=event.article_id)
    note_approval(article=article, number=event.number, now=timezone.now())


def connect() -> None:
    """Connect the receivers; called once the models are ready."""
    subscribe(ChangeAnnounced, announce_change, in_transaction=True)
    subscribe(ArticlePutInForce, announce_its_package, in_transaction=True)
    subscribe(ArticlePutInForce, tell_who_follows, in_transaction=True)
    subscribe(ArticlePutInForce, note_who_approved, in_transaction=True)
    subscribe(ArticleWithdrawn, forget_changes_of_withdrawn, in_transaction=True)
    for event_type in (ArticlePutInForce, VersionAnnounced):
        subscribe(event_type, forget_changes_passed_over, in_transaction=True)
    page_unpublished.connect(withdraw_unpublished, dispatch_uid="kb.withdraw_unpublished")
    post_page_move.connect(tell_of_move, dispatch_uid="kb.tell_of_move")
    pre_delete.connect(refuse_to_delete, sender=ArticlePage, dispatch_uid="kb.refuse_to_delete")
    for signal, receiver in (
        (task_submitted, tell_approvers),
        (task_approved, tell_author),
        (task_rejected, tell_author),
        (task_cancelled, stop_asking),
    ):
        signal.connect(
            receiver, sender=ArticleApprovalState, dispatch_uid=f"kb.{receiver.__name__}"
        )
