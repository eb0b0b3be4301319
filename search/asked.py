"""Questions of the log and the tasks made of them."""

from django.db.models import OuterRef, QuerySet, Subquery

from kb.models import ContentTask

SOURCE, UNHELPFUL = "search.nothing", "search.unhelpful"
PEOPLE = 3
"""So many different people ask in vain before a question becomes a task by itself."""


def with_open_tasks(questions: QuerySet) -> QuerySet:
    """Questions of the log, each with the open task that was made of it, and whose it is."""
    tasks = ContentTask.objects.still_open().filter(
        source__in=[SOURCE, UNHELPFUL], source_key=OuterRef("query_key")
    )
    return questions.annotate(
        task_id=Subquery(tasks.values("pk")[:1]),
        task_owner=Subquery(tasks.values("owner__full_name")[:1]),
    )
