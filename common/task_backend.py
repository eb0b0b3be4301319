"""Carries the tasks of Wagtail and its search (``django_tasks``) through Celery.

One road for background work: in-process Celery in the embedded profile, workers in the scale profile.
"""

from celery import shared_task
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus


@shared_task(name="common.run_django_task", ignore_result=True)
def run_django_task(*, path: str, args: list, kwargs: dict) -> None:
    """Call the function behind the django_tasks task at ``path``."""
    task = import_string(path)
    if not isinstance(task, Task):
        raise ImproperlyConfigured(f"{path} is not a django_tasks task")
    task.call(*args, **kwargs)


class CeleryTaskBackend(BaseTaskBackend):
    """Enqueues a django_tasks task as a Celery message after the transaction commits."""

    supports_defer = False
    supports_async_task = False
    supports_get_result = False
    supports_priority = False

    def enqueue(self, task: Task, args, kwargs) -> TaskResult:
        """Queue ``task``; the result tells only that it was queued."""
        self.validate_task(task)
        message = {"path": task.module_path, "args": list(args), "kwargs": dict(kwargs)}
        transaction.on_commit(lambda: run_django_task.delay(**message))
        return TaskResult(
            task=task,
            id=get_random_string(32),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
