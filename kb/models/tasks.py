"""What somebody should do about the knowledge base: one row per thing, with an owner."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb.choices import OPEN_TASK_STATES, Reason, TaskKind, TaskState
from kb.querysets import ContentTaskQuerySet

READERS = "kb.feedback"
"""The source of tasks that readers' feedback made."""


class ContentTask(models.Model):
    """Something is missing or wrong in an article or a section; its owner sees to it.

    ``source`` and ``source_key`` say what it was made from (``search.nothing`` and the question, say). While
    a task is open, the same source joins it and makes no second one.
    """

    kind = models.CharField(
        _("kind"), max_length=10, choices=TaskKind.choices, default=TaskKind.OTHER
    )
    title = models.CharField(_("what is to be done"), max_length=255)
    details = models.TextField(_("details"), blank=True)
    article = models.ForeignKey(
        "kb.ArticlePage",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="tasks",
    )
    section = models.ForeignKey(
        "kb.SectionPage",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="tasks",
    )
    owner = models.ForeignKey(
        "people.Employee",
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="content_tasks",
    )
    state = models.CharField(
        _("state"), max_length=8, choices=TaskState.choices, default=TaskState.OPEN
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    # The very moment, where somebody has been promised one.
    due_at = models.DateTimeField(null=True, editable=False)
    source = models.CharField(_("made from"), max_length=40, blank=True, editable=False)
    source_key = models.CharField(max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    outcome = models.TextField(
        _("what came of it"), blank=True, help_text=_("Those who reported it will read this.")
    )
    closed_by = models.ForeignKey(
        "people.Employee", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    # The version that put it right; readers are told its number.
    fixed_in = models.PositiveIntegerField(_("put right in version"), null=True, editable=False)
    # The same thing said twice: whoever asks goes on there.
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.CASCADE, related_name="duplicates"
    )

    objects = ContentTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [models.Index(fields=["state", "due_on"], name="content_task_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=True) ^ Q(section__isnull=True),
                name="a_task_is_about_an_article_or_a_section",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_TASK_STATES, closed_at__isnull=True)
                | (~Q(state__in=OPEN_TASK_STATES) & Q(closed_at__isnull=False)),
                name="a_closed_task_says_when",
            ),
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=Q(state__in=OPEN_TASK_STATES) & ~Q(source_key=""),
                name="one_open_task_per_source",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Any:
        """The article or the section it is about."""
        return self.article or self.section

    @property
    def said(self) -> str:
        """What is to be done, in the language of whoever looks: readers' feedback begins with its reason."""
        if self.source != READERS:
            return self.title
        _article, reason, words = self.source_key.split(":")
        label = str(Reason(reason).label)
        return f"{label}: {self.title}" if words else label

    @property
    def reason(self) -> str:
        """Of readers' feedback why it did not help, without a word of theirs."""
        return str(Reason(self.source_key.split(":")[1]).label) if self.source == READERS else ""

    @property
    def stands(self) -> str:
        """Its state in a word; of readers' feedback in the words of an answer."""
        if self.source != READERS:
            return str(TaskState(self.state).label)
        if self.merged_into_id is not None:
            return _("joined with another one")
        words = {
            TaskState.DONE: _("corrected"),
            TaskState.ANSWERED: _("answered"),
            TaskState.DROPPED: _("declined"),
        }
        return str(words.get(TaskState(self.state), TaskState(self.state).label))

    @property
    def desk_url(self) -> str:
        """Where it is worked on: feedback where readers are answered, everything else in the back office."""
        name = "feedback_item" if self.source == READERS else "content_tasks:edit"
        return reverse(name, args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN_TASK_STATES


class TaskReport(models.Model):
    """Somebody reported what a task is about; they will hear what came of it."""

    task = models.ForeignKey(ContentTask, on_delete=models.CASCADE, related_name="reports")
    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="reported_tasks"
    )
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "employee"], name="one_report_per_task_and_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.employee_id}"
