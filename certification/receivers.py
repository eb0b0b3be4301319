"""What certification does when a text is another, and when a question is published."""

from django.utils import timezone
from wagtail.signals import published

from certification.events import SuspensionSaid
from certification.models import Question
from certification.refusals import NotConfirmable
from certification.services import confirming
from certification.services.standings import derive
from certification.tasks import rescore_attempts
from common.events import subscribe
from kb.events import ArticlePutInForce, ChangeWithdrawn


def follow_article(event: ArticlePutInForce | ChangeWithdrawn) -> None:
    """Questions hold up to another version now, or no longer for the one in force."""
    derive([event.article_uuid])


def judge_anew(event: SuspensionSaid) -> None:
    """The doorbell: the sweep does the same if nobody rings."""
    rescore_attempts.delay()


def confirm_published(sender, instance: Question, revision, **_kwargs) -> None:
    """Whoever publishes a question says that it is true."""
    try:
        confirming.confirm_published(
            question=instance, by=revision.user if revision else None, now=timezone.now()
        )
    except NotConfirmable:
        return


def connect() -> None:
    """Subscribe; called once at start."""
    published.connect(confirm_published, sender=Question, dispatch_uid="certification.confirm")
    subscribe(ArticlePutInForce, follow_article)
    subscribe(ChangeWithdrawn, follow_article)
    subscribe(SuspensionSaid, judge_anew)
