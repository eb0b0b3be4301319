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

from common.events import emit
from kb.events import ArticlesMoved
from kb.models import ArticlePage
from kb.models.approval import ArticleApprovalState
from kb.services.approval_notices import (
    take_question_back,
    tell_of_answer,
    tell_of_submission,
)
from kb.services.archiving import refuse_deletion
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


def connect() -> None:
    """Connect the receivers; called once the models are ready."""
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
