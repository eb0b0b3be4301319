"""Background work of kb: the clock."""

from celery import shared_task
from django.utils import timezone

from kb.services.versions import put_in_force


@shared_task(name="kb.put_versions_in_force", ignore_result=True)
def put_versions_in_force() -> int:
    """Put due versions in force, so that it happens on time even when nobody reads."""
    return put_in_force(now=timezone.now())
