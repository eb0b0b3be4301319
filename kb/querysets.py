"""Sets of articles and sections, and the one gate of visibility: ``visible_to(viewer, at)``."""

import datetime
import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Length, Substr
from django.utils import timezone
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from kb.choices import (
    OPEN_TASK_STATES,
    REVIEW_DAYS,
    Audience,
    ChangeSize,
    HowVerified,
    State,
)

if TYPE_CHECKING:
    from people.viewer import Viewer

STEP = 4  # characters of a tree path per level (treebeard's steplen for Wagtail pages)


def _with_following(pages, viewer: "Viewer"):
    own = FilteredRelation(
        "subscriptions", condition=Q(subscriptions__employee=viewer.employee_id or 0)
    )
    return pages.annotate(own_subscription=own).annotate(
        followed_since=F("own_subscription__since")
    )


class ArticlePageQuerySet(PageQuerySet):
    """Articles."""

    def in_force(self, at: datetime.datetime) -> "ArticlePageQuerySet":
        """Live with a version in force and not expired at ``at``: what readers may get at all."""
        return self.filter(live=True, version__isnull=False).filter(
            Q(expire_at__isnull=True) | Q(expire_at__gt=at)
        )

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "ArticlePageQuerySet":
        """The articles ``viewer`` may read at ``at``. Status, dates and audience, all in SQL.

        Everything that shows anything of an article goes through this: pages, lists, search, counts,
        links inside text, files, feeds. A drafted, expired or unapproved text is in no reader's set.
        """
        return self.in_force(at).admitting(viewer)

    def admitting(self, viewer: "Viewer") -> "ArticlePageQuerySet":
        """Those whose audience ``viewer`` belongs to, in force or not: half of the gate, never the whole."""
        if viewer.sees_everything:
            return self
        if not viewer.is_employee:
            return self.filter(audience=Audience.PUBLIC)
        own_teams = self.model.audience_teams.rel.related_model.objects.filter(
            article=OuterRef("pk"), team__in=viewer.team_ids
        )
        return self.filter(
            Q(audience__in=[Audience.PUBLIC, Audience.INTERNAL])
            | Q(audience=Audience.TEAMS) & Exists(own_teams)
        )

    def with_following(self, viewer: "Viewer") -> "ArticlePageQuerySet":
        """With ``followed_since``: since when ``viewer`` follows each, if they do."""
        return _with_following(self, viewer)

    def with_last_reading(self, viewer: "Viewer") -> "ArticlePageQuerySet":
        """With what ``viewer`` has read of each: ``read_number``, ``read_since``, ``read_before`` (kb.Reading)."""
        own = FilteredRelation("readings", condition=Q(readings__employee=viewer.employee_id or 0))
        return self.annotate(own_reading=own).annotate(
            read_number=F("own_reading__number"),
            read_since=F("own_reading__since"),
            read_before=F("own_reading__before"),
        )

    def without_version(self) -> "ArticlePageQuerySet":
        """Live pages that nobody approved a version of: there must be none."""
        return self.filter(live=True, version__isnull=True)

    def due_for_review(self, at: datetime.datetime) -> "ArticlePageQuerySet":
        """Those that nobody has found true for longer than they may go, counted from coming into force at first."""
        days = Case(
            *(When(risk=risk, then=Value(days)) for risk, days in REVIEW_DAYS.items()),
            output_field=IntegerField(),
        )
        found = self.with_true_since().annotate(
            review_days_set=Coalesce("review_interval_days", days)
        )
        due = Q(pk__in=[])
        for interval in found.order_by().values_list("review_days_set", flat=True).distinct():
            looked_at = at - datetime.timedelta(days=interval)
            due |= Q(review_days_set=interval, true_since__lte=looked_at)
        return found.filter(due)

    def with_true_since(self) -> "ArticlePageQuerySet":
        """With ``true_since``: when somebody last found it true, else when it first came into force."""
        return self.annotate(true_since=Coalesce("verified_at", "first_published_at"))

    def with_reads(self) -> "ArticlePageQuerySet":
        """With ``reads``: how many people have read it; a number and no names."""
        readings = self.model.readings.rel.related_model.objects.filter(article=OuterRef("pk"))
        number = readings.order_by().values("article").annotate(n=Count("pk")).values("n")
        return self.annotate(reads=Coalesce(Subquery(number), 0))

    def section_paths(self) -> set[str]:
        """The tree paths of all sections these articles stand in, at any height. One query."""
        parents = (
            self.order_by()
            .annotate(parent_path=Substr("path", 1, Length("path") - STEP))
            .values_list("parent_path", flat=True)
            .distinct()
        )
        return {path[:end] for path in parents for end in range(STEP, len(path) + 1, STEP)}

    def newest_first(self, *, preferring: str = "") -> "ArticlePageQuerySet":
        """By the latest moment a version came into force, newest first.

        With ``preferring``, articles in that language go before the others: the language ranks, it hides
        nothing.
        """
        order = [F("last_published_at").desc(nulls_last=True), "-pk"]
        if preferring:
            order.insert(0, Case(When(language=preferring, then=Value(0)), default=Value(1)))
        return self.order_by(*order)


class SectionPageQuerySet(PageQuerySet):
    """Sections."""

    def with_following(self, viewer: "Viewer") -> "SectionPageQuerySet":
        """With ``followed_since``: since when ``viewer`` follows each, if they do."""
        return _with_following(self, viewer)

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "SectionPageQuerySet":
        """Live sections with something in them that ``viewer`` may read; editors see empty ones too."""
        if viewer.edits_knowledge:
            return self.filter(live=True)
        # The reverse side of the inheritance: sections are defined before articles.
        article_model = Page.articlepage.related.related_model
        articles = article_model.objects.visible_to(viewer, at)
        return self.filter(live=True, path__in=articles.section_paths())


class ContentTaskQuerySet(models.QuerySet):
    """Tasks about the knowledge base."""

    def still_open(self) -> "ContentTaskQuerySet":
        """Neither done nor dropped."""
        return self.filter(state__in=OPEN_TASK_STATES)

    def made_from(self, source: str, source_key: str) -> "ContentTaskQuerySet":
        """Made from exactly this."""
        return self.filter(source=source, source_key=source_key)

    def most_urgent_first(self) -> "ContentTaskQuerySet":
        """By due date, those without one last; then the oldest."""
        return self.order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "ContentTaskQuerySet":
        """Every task to who edits; else one's own and those one reported, of articles one may read."""
        if viewer.edits_knowledge:
            return self
        if viewer.employee_id is None:
            return self.none()
        articles = Page.articlepage.related.related_model.objects.visible_to(viewer, at)
        reports = self.model.reports.rel.related_model.objects
        reported = reports.filter(task=OuterRef("pk"), employee=viewer.employee_id)
        return self.filter(
            Q(owner=viewer.employee_id) | Exists(reported),
            article__in=articles.order_by().values("pk"),
        )


class FeedbackQuerySet(models.QuerySet):
    """What readers said of articles."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "FeedbackQuerySet":
        """Everything to who edits; to others what they are to answer, and what they said themselves."""
        if viewer.edits_knowledge:
            return self
        if viewer.employee_id is None:
            return self.none()
        articles = Page.articlepage.related.related_model.objects.visible_to(viewer, at)
        return self.filter(
            Q(employee=viewer.employee_id) | Q(task__owner=viewer.employee_id),
            article__in=articles.order_by().values("pk"),
        )


class SubscriptionQuerySet(models.QuerySet):
    """Who follows what."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "SubscriptionQuerySet":
        """One's own, and nobody else's, whatever one's role."""
        if viewer.employee_id is None:
            return self.none()
        return self.filter(employee=viewer.employee_id)

    def of_article(self, article: Page) -> "SubscriptionQuerySet":
        """Those that cover ``article``: of itself, or of a section at any height above it."""
        ends = range(STEP, len(article.path) + 1, STEP)
        return self.filter(page__path__in=[article.path[:end] for end in ends])


class TagSubscriptionQuerySet(models.QuerySet):
    """Who follows which tag."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "TagSubscriptionQuerySet":
        """One's own, and nobody else's, whatever one's role."""
        if viewer.employee_id is None:
            return self.none()
        return self.filter(employee=viewer.employee_id)

    def of_article(self, article: Page) -> "TagSubscriptionQuerySet":
        """Those that cover ``article`` by one of its tags."""
        return self.filter(tag__tagged_articles__content_object=article.pk)


class ReadingQuerySet(models.QuerySet):
    """What people have opened."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "ReadingQuerySet":
        """One's own, and nobody else's, whatever one's role."""
        if viewer.employee_id is None:
            return self.none()
        return self.filter(employee=viewer.employee_id)


class ChangeNoticeQuerySet(models.QuerySet):
    """What versions changed."""

    def of_article(self, article_uuid: uuid.UUID) -> "ChangeNoticeQuerySet":
        """All notices of one article, newest first."""
        return self.filter(article_uuid=article_uuid).order_by("-number")

    def telling(self) -> "ChangeNoticeQuerySet":
        """Those that somebody is told of."""
        return self.exclude(size=ChangeSize.MINOR)

    def asking(self) -> "ChangeNoticeQuerySet":
        """Those that must be confirmed."""
        return self.filter(size=ChangeSize.CONFIRM)

    def standing(self) -> "ChangeNoticeQuerySet":
        """Not withdrawn, of versions that wait or have been in force, of articles that readers get or will get.

        One of a package stands once the package is announced.
        """
        states = self.model.version.field.related_model.state.related.related_model
        alive = states.objects.filter(
            article_uuid=OuterRef("article_uuid"), state__in=[State.ANNOUNCED, State.IN_FORCE]
        )
        held = Q(version__state__state=State.ANNOUNCED) | Q(
            version__state__in_force_at__isnull=False
        )
        announced = Q(package__isnull=True) | Q(package__announced_at__isnull=False)
        return self.filter(held, announced, Exists(alive), withdrawn_at__isnull=True)

    def announced_between(
        self, first: datetime.date, last: datetime.date
    ) -> "ChangeNoticeQuerySet":
        """Those announced on these days, both counted, of the site's calendar."""
        day, midnight = datetime.timedelta(days=1), datetime.time.min
        start = timezone.make_aware(datetime.datetime.combine(first, midnight))
        end = timezone.make_aware(datetime.datetime.combine(last + day, midnight))
        return self.filter(announced_at__gte=start, announced_at__lt=end)

    def for_customers(self) -> "ChangeNoticeQuerySet":
        """Those with words for customers, of versions that are or were in force. Whose article they may read
        is asked beside.
        """
        held = [State.IN_FORCE, State.SUPERSEDED]
        return self.exclude(for_customers="").filter(
            withdrawn_at__isnull=True, version__state__state__in=held
        )

    def not_followed(self) -> "ChangeNoticeQuerySet":
        """Without those after which a newer version of the same article must be confirmed."""
        newer = (
            self.model.objects.standing()
            .asking()
            .filter(article_uuid=OuterRef("article_uuid"), number__gt=OuterRef("number"))
        )
        return self.filter(~Exists(newer))

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "ChangeNoticeQuerySet":
        """Those of articles whose audience ``viewer`` belongs to; customers none, withdrawn ones for who edits.

        Of a version that still waits, only its addressees may know: ``kb.selectors.notices`` asks that.
        """
        if not viewer.is_employee:
            return self.none()
        articles = Page.articlepage.related.related_model.objects.admitting(viewer)
        found = self.filter(article_uuid__in=articles.order_by().values("uuid"))
        return found if viewer.sees_everything else found.standing()


class ChangePackageQuerySet(models.QuerySet):
    """Changes of the product that touch several articles."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "ChangePackageQuerySet":
        """Every package to who edits; to others who work here those of a change that they may read."""
        if viewer.edits_knowledge:
            return self
        notices = self.model.notices.rel.related_model.objects.visible_to(viewer, at)
        return self.filter(Exists(notices.filter(package=OuterRef("pk"))))

    def open(self, at: datetime.datetime) -> "ChangePackageQuerySet":
        """Those that an article can still join."""
        return self.filter(announced_at__isnull=True, effective_at__gt=at)

    def begun(self) -> "ChangePackageQuerySet":
        """Those of which a version has been approved."""
        notices = self.model.notices.rel.related_model.objects
        return self.filter(Exists(notices.filter(package=OuterRef("pk"), withdrawn_at=None)))


class AcknowledgementQuerySet(models.QuerySet):
    """Who has confirmed what."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "AcknowledgementQuerySet":
        """The rows of people whose record ``viewer`` may read."""
        people = self.model.employee.field.related_model.objects.visible_to(viewer, at)
        return self.filter(employee__in=people)


class VerificationQuerySet(models.QuerySet):
    """Who has found what true."""

    def of_article(self, article_uuid: uuid.UUID) -> "VerificationQuerySet":
        """Those of one article, the newest first."""
        return self.filter(article_uuid=article_uuid).order_by("-seq")

    def signed(self) -> "VerificationQuerySet":
        """What was signed as true, taken back or not."""
        return self.exclude(how=HowVerified.MISTAKE)

    def standing(self) -> "VerificationQuerySet":
        """What was signed as true and not taken back."""
        return self.signed().filter(withdrawal__isnull=True)

    def looked(self) -> "VerificationQuerySet":
        """Without approvals of new versions: what somebody has looked at because it was time."""
        return self.standing().exclude(how=HowVerified.APPROVED)

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "VerificationQuerySet":
        """Those of articles that ``viewer`` may read, to who works here; customers none."""
        if not viewer.is_employee:
            return self.none()
        articles = Page.articlepage.related.related_model.objects.visible_to(viewer, at)
        return self.filter(article_uuid__in=articles.order_by().values("uuid"))


class IncidentQuerySet(models.QuerySet):
    """Outages."""

    def running(self, at: datetime.datetime) -> "IncidentQuerySet":
        """Those that have begun and are not over at ``at``."""
        return self.filter(starts_at__lte=at).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at))

    def visible_to(self, viewer: "Viewer") -> "IncidentQuerySet":
        """Those that ``viewer`` may know of."""
        if viewer.sees_everything:
            return self
        if not viewer.is_employee:
            return self.filter(audience=Audience.PUBLIC)
        own_team = self.model.teams.through.objects.filter(
            incident=OuterRef("pk"), team__in=viewer.team_ids
        )
        return self.filter(
            Q(audience__in=[Audience.PUBLIC, Audience.INTERNAL])
            | Q(audience=Audience.TEAMS) & Exists(own_team)
        )


ArticlePageManager = PageManager.from_queryset(ArticlePageQuerySet)
SectionPageManager = PageManager.from_queryset(SectionPageQuerySet)
