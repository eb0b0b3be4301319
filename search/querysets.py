"""Sets of index changes, logged searches and the words of editors."""

import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, Max, OuterRef, Q, Subquery

from search.learning import AGAIN


class IndexChangeQuerySet(models.QuerySet):
    """Changes the index must follow."""

    def after(self, seq: int) -> "IndexChangeQuerySet":
        """Changes later than number ``seq``, in order."""
        return self.filter(seq__gt=seq).order_by("seq")

    def made_before(self, moment: datetime.datetime) -> "IndexChangeQuerySet":
        """Changes older than ``moment``."""
        return self.filter(made_at__lt=moment)


class LogKeyQuerySet(models.QuerySet):
    """Secrets of the search log."""

    def valid_at(self, moment: datetime.datetime) -> "LogKeyQuerySet":
        """The secret of the period around ``moment``."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)

    def over_at(self, moment: datetime.datetime) -> "LogKeyQuerySet":
        """Secrets whose period is over."""
        return self.filter(ends_at__lte=moment)


class SearchLogQuerySet(models.QuerySet):
    """Settled queries."""

    def asked_since(self, moment: datetime.datetime) -> "SearchLogQuerySet":
        """Queries asked at or after ``moment``."""
        return self.filter(asked_at__gte=moment)

    def asked_before(self, moment: datetime.datetime) -> "SearchLogQuerySet":
        """Queries asked before ``moment``."""
        return self.filter(asked_at__lt=moment)

    def finding_nothing(self) -> "SearchLogQuerySet":
        """Queries without a single result."""
        return self.filter(hits=0)

    def with_what_followed(self) -> "SearchLogQuerySet":
        """Each with ``again``: whether the same person asked something else within a minute.

        Who types on after a pause has asked nothing else, and what was typed on is no question of its own.
        """
        soon = ExpressionWrapper(OuterRef("asked_at") + AGAIN, output_field=models.DateTimeField())
        others = self.model.objects.filter(
            who=OuterRef("who"), asked_at__gt=OuterRef("asked_at"), asked_at__lte=soon
        )
        more = Q(query_key__startswith=OuterRef("query_key"))
        typed_on = others.filter(more).exclude(query_key=OuterRef("query_key"))
        return self.annotate(again=~Q(who="") & Exists(others.exclude(more)) & ~Exists(typed_on))

    def nobody_opened(self) -> "SearchLogQuerySet":
        """Queries that found something, of questions for which nothing was ever opened or copied among these."""
        helped = self.filter(opened__isnull=False).order_by().values("query_key")
        return self.filter(hits__gt=0).exclude(query_key__in=helped)

    def slower_than(self, milliseconds: int) -> "SearchLogQuerySet":
        """Queries that the server took longer for."""
        return self.filter(milliseconds__gt=milliseconds)

    def asked_by_people(self, least: int) -> "models.QuerySet[Any, dict[str, Any]]":
        """One row per question that at least so many different people asked."""
        return (
            self.order_by()
            .exclude(who="")
            .values("query_key")
            .annotate(query=Max("query"), people=Count("who", distinct=True))
            .filter(people__gte=least)
            .order_by("query_key")
        )

    def by_query(self) -> "models.QuerySet[Any, dict[str, Any]]":
        """One row per question: how often, by how many people, how often it found or helped, how quickly."""
        spelled = self.model.objects.filter(query_key=OuterRef("query_key")).order_by("-asked_at")
        return (
            self.order_by()
            .with_what_followed()
            .values("query_key")
            .annotate(
                query=Subquery(spelled.values("query")[:1]),
                times=Count("pk"),
                people=Count("who", distinct=True, filter=~Q(who="")),
                opened_times=Count("pk", filter=Q(opened__isnull=False)),
                empty_times=Count("pk", filter=Q(hits=0)),
                again_times=Count("pk", filter=Q(again=True)),
                slowest=Max("milliseconds"),
                last_asked_at=Max("asked_at"),
            )
            .order_by(F("times").desc(), "query_key")
        )


class GlossaryQuerySet(models.QuerySet):
    """Pairs of words that translate each other."""

    def in_use(self) -> "GlossaryQuerySet":
        """Those not switched off, the surest first; editors are sure."""
        return self.filter(active=True).order_by("-strength", "-seen", "pk")
