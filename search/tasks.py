"""Background work of search: forgetting, and making tasks of what nobody finds."""

from celery import shared_task
from django.utils import timezone

from search import gaps, glossaries, log, use, weekly


@shared_task(name="search.forget_old_searches", ignore_result=True)
def forget_old_searches() -> int:
    """Delete searches and secrets of the log whose time is over."""
    return log.forget(now=timezone.now())


@shared_task(name="search.make_tasks_of_gaps", ignore_result=True)
def make_tasks_of_gaps() -> int:
    """Make the tasks that questions without an answer have earned."""
    log.waiting.flush()
    return gaps.open_due_tasks(now=timezone.now())


@shared_task(name="search.learn_glossary", ignore_result=True)
def learn_glossary() -> int:
    """Learn translations from articles that were published since."""
    return glossaries.learn_from_translations(now=timezone.now())


@shared_task(name="search.learn_from_use", ignore_result=True)
def learn_from_use() -> int:
    """Learn which answers people open or copy for a question."""
    log.waiting.flush()
    return use.learn(now=timezone.now())


@shared_task(name="search.tell_of_the_week", ignore_result=True)
def tell_of_the_week() -> int:
    """Tell the head of support what was asked last week, once, while they are at work."""
    log.waiting.flush()
    return weekly.tell_of_the_week(now=timezone.now())
