"""Background work of kb: the clock."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from kb.services.versions import put_in_force


@shared_task(name="kb.put_versions_in_force", ignore_result=True)
def put_versions_in_force() -> int:
    """Put due versions in force, so that it happens on time even when nobody reads."""
    return put_in_force(now=timezone.now())


@shared_task(name="kb.publish_scheduled", ignore_result=True)
def publish_scheduled() -> None:
    """Let Wagtail expire what has run out. Readers are not waiting for it: visible_to asks the dates."""
    call_command("publish_scheduled", verbosity=0)
