"""Sets of questions, quizzes and attempts, as sentences."""

import datetime
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from certification.choices import AppealState, AttemptState
from certification.kinds import JUDGED_AT_ONCE
from competence.querysets import OfEmployeeQuerySet
from people.querysets import MOST_WORDS
from people.roles import Role

if TYPE_CHECKING:
    from people.viewer import Viewer


# Who may know what is right, and so may say what of an answer counts.
JUDGES = (Role.EDITOR, Role.TRAINER, Role.ADMINISTRATOR)


class QuestionQuerySet(models.QuerySet):
    """Questions."""

    def drawable(self) -> "QuestionQuerySet":
        """Those that a paper may hold: confirmed, and not suspended as they are."""
        return self.confirmed().in_use()

    def judged_at_once(self) -> "QuestionQuerySet":
        """Those whose answer needs no assessor."""
        return self.filter(kind__in=JUDGED_AT_ONCE)

    def in_use(self) -> "QuestionQuerySet":
        """Those that nobody has suspended as they are."""
        return self.filter(~self._suspended())

    def suspended(self) -> "QuestionQuerySet":
        """Those that somebody has suspended as they are."""
        return self.filter(self._suspended())

    def _suspended(self) -> Exists:
        versions = self.model.asked_versions.rel.related_model
        suspensions = versions.suspensions.rel.related_model.objects.standing()
        return Exists(
            suspensions.filter(
                version__question_uuid=OuterRef("uuid"), version__sha256=OuterRef("content_sha256")
            )
        )

    def confirmed(self) -> "QuestionQuerySet":
        """Published ones that somebody confirmed for the version in force."""
        return self.filter(
            live=True,
            article__live=True,
            standing__sha256=F("content_sha256"),
            standing__number=F("article__version"),
            standing__article_uuid=F("article__uuid"),
        )

    def out_of_draw(self) -> "QuestionQuerySet":
        """Published ones that nobody has confirmed as they and their article now are."""
        return self.filter(live=True).exclude(pk__in=self.model.objects.confirmed().values("pk"))

    def to_look_at(self) -> "QuestionQuerySet":
        """Those of them that wait for somebody: not those confirmed for a text that is still being approved."""
        confirmations = self.model.confirmations.rel.related_model
        ahead = confirmations.objects.filter(
            question=OuterRef("pk"),
            question_sha256=OuterRef("content_sha256"),
            number__isnull=True,
            at__gte=OuterRef("article__latest_revision__created_at"),
        )
        return self.out_of_draw().exclude(Exists(ahead), article__has_unpublished_changes=True)

    def with_in_draw(self) -> "QuestionQuerySet":
        """Each with ``in_draw``: whether a paper may hold it."""
        drawable = self.model.objects.drawable().filter(pk=OuterRef("pk"))
        return self.annotate(in_draw=Exists(drawable))

    def with_article_title(self, viewer: "Viewer") -> "QuestionQuerySet":
        """Each with ``rests_on``: the title of its article, empty where ``viewer`` is not of its audience."""
        articles = self.model.article.field.related_model.objects.admitting(viewer)
        title = articles.filter(pk=OuterRef("article")).values("title")[:1]
        return self.annotate(rests_on=Subquery(title))

    def resting_on(self, article_uuid) -> "QuestionQuerySet":
        """Published ones that rest on an article."""
        return self.filter(live=True, article__uuid=article_uuid)


class QuizQuerySet(models.QuerySet):
    """Tests."""

    def kept(self) -> "QuizQuerySet":
        """Those that somebody keeps: not those that a campaign made for its rounds."""
        return self.filter(campaign__isnull=True)


class CampaignQuerySet(models.QuerySet):
    """Campaigns."""

    def standing(self) -> "CampaignQuerySet":
        """Those that nobody has called off."""
        return self.filter(cancelled_at__isnull=True)

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "CampaignQuerySet":
        """Those in which somebody is called whose record ``viewer`` may read at ``at``, in SQL."""
        duties = self.model.duties.rel.related_model.objects.visible_to(viewer, at)
        return self.filter(Exists(duties.filter(campaign=OuterRef("pk"))))


class DutyQuerySet(OfEmployeeQuerySet):
    """Rounds of people: whoever may read the person's record may read them."""

    def standing(self) -> "DutyQuerySet":
        """Those that nobody has called off."""
        return self.filter(cancelled_at__isnull=True)


class DutyPaperQuerySet(models.QuerySet):
    """Papers of rounds."""

    def standing(self) -> "DutyPaperQuerySet":
        """Those of rounds that nobody has called off."""
        return self.filter(duty__cancelled_at__isnull=True)

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "DutyPaperQuerySet":
        """Those of people whose record ``viewer`` may read at ``at``, in SQL."""
        duties = self.model.duty.field.related_model.objects.visible_to(viewer, at)
        return self.filter(duty__in=duties.values("pk"))


class AttemptQuerySet(OfEmployeeQuerySet):
    """Attempts. Whoever may read a person's record may read that there was one and how it ended."""

    def own_of(self, viewer: "Viewer") -> "AttemptQuerySet":
        """The viewer's own, which nobody else may answer."""
        if viewer.employee_id is None:
            return self.none()
        return self.filter(employee=viewer.employee_id)

    def unfinished(self) -> "AttemptQuerySet":
        """Open by the row, whatever the clock says."""
        return self.filter(state=AttemptState.OPEN)

    def running(self, now: datetime.datetime) -> "AttemptQuerySet":
        """Open, with time left."""
        return self.filter(state=AttemptState.OPEN, deadline_at__gt=now)

    def run_out(self, now: datetime.datetime) -> "AttemptQuerySet":
        """Open by the row, but their time is over."""
        return self.filter(state=AttemptState.OPEN, deadline_at__lte=now)

    def finished(self) -> "AttemptQuerySet":
        """Those with a submission."""
        return self.filter(submission__isnull=False)


class SubmissionQuerySet(models.QuerySet):
    """Attempts that were handed in."""

    def counting(self) -> "SubmissionQuerySet":
        """Each with ``counted`` and ``counted_passed``: the result that counts now, judged anew or as handed in.

        ``judged_at`` is when an assessor finished it, or when it was handed in: from then on days are counted.
        """
        rescorings = self.model.rescorings.rel.related_model.objects
        last = rescorings.filter(submission=OuterRef("pk")).order_by("-number")
        assessed = last.filter(assessment__isnull=False)
        return self.annotate(
            judged_at=Coalesce(Subquery(assessed.values("at")[:1]), F("submitted_at")),
            counted=Coalesce(Subquery(last.values("result")[:1]), F("result")),
            counted_passed=Coalesce(Subquery(last.values("passed")[:1]), F("passed")),
        )


class CertificateQuerySet(OfEmployeeQuerySet):
    """Certificates. Whoever may read a person's record may read them; the number alone opens the public page."""

    def standing(self) -> "CertificateQuerySet":
        """Those that nobody has revoked."""
        return self.filter(revoked_at__isnull=True)

    def matching(self, words: str) -> "CertificateQuerySet":
        """Those whose number, test or holder contains every word."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            found = found.filter(
                Q(number__icontains=word)
                | Q(test__icontains=word)
                | Q(employee__full_name__icontains=word)
            )
        return found


class AppealQuerySet(models.QuerySet):
    """Appeals. Whose one is, only its person is shown: assessors judge the answer, not whose it is."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "AppealQuerySet":
        """One's own, and for assessors those of everybody else."""
        own = Q(submission__attempt__employee=viewer.employee_id or 0)
        return self.filter(own | Q(pk__in=self.model.objects.judged_by(viewer).values("pk")))

    def judged_by(self, viewer: "Viewer") -> "AppealQuerySet":
        """Those that ``viewer`` may decide: everybody's but their own, for who may know what is right."""
        if not (viewer.is_superuser or viewer.has_role(*JUDGES)):
            return self.none()
        return self.exclude(submission__attempt__employee=viewer.employee_id or 0)

    def waiting(self) -> "AppealQuerySet":
        """Those that nobody has decided."""
        return self.filter(state=AppealState.OPEN)

    def decided(self) -> "AppealQuerySet":
        """Those that somebody has decided."""
        return self.exclude(state=AppealState.OPEN)

    def accepted(self) -> "AppealQuerySet":
        """Those because of which an answer counts."""
        return self.filter(state=AppealState.ACCEPTED)


class OpenAnswerQuerySet(models.QuerySet):
    """Open answers. Whose one is, only its person is shown: assessors judge the answer, not whose it is."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "OpenAnswerQuerySet":
        """One's own, and for assessors those of everybody else."""
        own = Q(submission__attempt__employee=viewer.employee_id or 0)
        return self.filter(own | Q(pk__in=self.model.objects.judged_by(viewer).values("pk")))

    def judged_by(self, viewer: "Viewer") -> "OpenAnswerQuerySet":
        """Those that ``viewer`` may assess: everybody's but their own, for who may know what is right."""
        if not (viewer.is_superuser or viewer.has_role(*JUDGES)):
            return self.none()
        return self.exclude(submission__attempt__employee=viewer.employee_id or 0)

    def waiting(self) -> "OpenAnswerQuerySet":
        """Those that nobody has assessed: not of a question that is suspended, which counts without them."""
        suspensions = self.model.version.field.related_model.suspensions.rel.related_model.objects
        suspended = suspensions.standing().filter(version=OuterRef("version"))
        return self.filter(~Exists(suspended), assessment__isnull=True)

    def assessed(self) -> "OpenAnswerQuerySet":
        """Those that somebody has assessed."""
        return self.filter(assessment__isnull=False)


class SuspensionQuerySet(models.QuerySet):
    """Suspensions of questions."""

    def standing(self) -> "SuspensionQuerySet":
        """Those that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)


class DrillCardQuerySet(models.QuerySet):
    """Questions that somebody repeats, for nobody but themselves."""

    def own_of(self, viewer: "Viewer") -> "DrillCardQuerySet":
        """The viewer's own; nobody sees another person's, whatever their role."""
        if viewer.employee_id is None:
            return self.none()
        return self.filter(drill__employee=viewer.employee_id)

    def askable(self, elsewhere: Collection[str]) -> "DrillCardQuerySet":
        """Those whose question a paper may hold, that needs no assessor and is none of ``elsewhere`` (uuids)."""
        questions = self.model.question.field.related_model.objects.drawable().judged_at_once()
        return self.filter(question__in=questions.exclude(uuid__in=elsewhere).values("pk"))

    def due(self, now: datetime.datetime) -> "DrillCardQuerySet":
        """Those to repeat at ``now``, the longest due first."""
        return self.filter(due_at__lte=now).order_by("due_at", "pk")


class AnswerSaveQuerySet(models.QuerySet):
    """Saves of answers."""

    def current(self, attempt_id: int) -> "AnswerSaveQuerySet":
        """The one received last for each slot; refused ones never count."""
        latest = (
            self.model.objects.filter(attempt=attempt_id, refused=False, slot=OuterRef("slot"))
            .order_by("-pk")
            .values("pk")[:1]
        )
        return self.filter(Q(attempt=attempt_id) & Q(pk=Subquery(latest)))
