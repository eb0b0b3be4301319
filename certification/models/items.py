"""What was asked and what it says of the questions: derived from attempts, and derived again at any time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.choices import CohortKind
from certification.models.attempts import Submission
from certification.models.questions import Question
from certification.rules.items import Flag, Weakness
from certification.wording import kind_choices


class AskedVersion(models.Model):
    """A question in the words and with the answers in which people got it. Another text is another version."""

    question = models.ForeignKey(
        Question, null=True, on_delete=models.SET_NULL, related_name="asked_versions"
    )
    # The question may be deleted; what was asked stays.
    question_uuid = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=kind_choices)
    text = models.TextField()
    body = models.JSONField()
    first_asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["question_uuid", "sha256"], name="a_version_of_a_question_stands_once"
            )
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 90 else f"{self.text[:89]}…"


class ItemResponse(models.Model):
    """One question of one attempt that was handed in, as it counts in statistics."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="item_responses"
    )
    slot = models.PositiveSmallIntegerField()
    version = models.ForeignKey(AskedVersion, on_delete=models.PROTECT, related_name="responses")
    employee = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    # Where the person worked on that day, and the half-year: "2026-2".
    team = models.ForeignKey("people.Team", null=True, on_delete=models.SET_NULL, related_name="+")
    position = models.ForeignKey(
        "people.Position", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    round = models.CharField(max_length=6)
    score = models.FloatField()
    rest = models.FloatField(null=True)
    chosen = models.JSONField(default=list)
    seconds = models.PositiveIntegerField(null=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "slot"], name="one_response_per_question_of_an_attempt"
            )
        ]
        indexes = [models.Index(fields=["version", "answered_at"], name="responses_in_order")]

    def __str__(self) -> str:
        return f"{self.submission_id}, {self.slot}: {self.score}"


class ItemStatistic(models.Model):
    """What is known of a version of a question, from everybody or from one cohort."""

    version = models.ForeignKey(AskedVersion, on_delete=models.CASCADE, related_name="statistics")
    cohort_kind = models.CharField(_("cohort"), max_length=8, choices=CohortKind.choices)
    # The key of the team or position, or the round; empty for everybody.
    cohort = models.CharField(max_length=20, blank=True)
    # All of them, and of how many people: of each person the first one counts.
    answers = models.PositiveIntegerField(_("answers"))
    people = models.PositiveIntegerField(_("people"))
    facility = models.FloatField(_("facility"), null=True)
    discrimination = models.FloatField(_("discrimination"), null=True)
    seconds = models.PositiveIntegerField(_("median time, seconds"), null=True)
    rates = models.JSONField(default=list)
    # Pairs of weakness and option, the worst first; and the weaknesses once more, to be asked for.
    flags = models.JSONField(default=list)
    weaknesses = models.CharField(max_length=60, blank=True)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("item statistic")
        verbose_name_plural = _("item statistics")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "cohort_kind", "cohort"],
                name="one_statistic_per_version_and_cohort",
            )
        ]
        indexes = [models.Index(fields=["cohort_kind", "cohort"], name="statistics_of_a_cohort")]

    def __str__(self) -> str:
        return f"{self.version_id}, {self.cohort_kind} {self.cohort}: {self.people}"

    @property
    def flagged(self) -> list[Flag]:
        """Its weaknesses as the rule knows them."""
        return [Flag(Weakness(weakness), option) for weakness, option in self.flags]
