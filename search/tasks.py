"""Background work of search: forgetting."""

from celery import shared_task
from django.utils import timezone

from search import log


@shared_task(name="search.forget_old_searches", ignore_result=True)
def forget_old_searches() -> int:
    """Delete searches and secrets of the log whose time is over."""
    return log.forget(now=timezone.now())
