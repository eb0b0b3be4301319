"""What of the knowledge base must be handed over before somebody leaves (fills ``people.departures``)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb.models import ArticlePage, ContentTask, SectionPage
from people.extensions import HandOver
from people.models import Employee


def handovers(employee: Employee) -> list[HandOver]:
    """The sections and articles that ``employee`` owns or verifies; archived articles need nobody."""
    sections = SectionPage.objects.filter(content_owner=employee).order_by("title")
    articles = ArticlePage.objects.filter(archived_at__isnull=True).order_by("title")
    found = [_handover(_("Owner of the section"), pk, title) for pk, title in _named(sections)]
    found += [
        _handover(_("Owner of the article"), pk, title)
        for pk, title in _named(articles.filter(content_owner=employee))
    ]
    found += [
        _handover(_("Verifier of the article"), pk, title)
        for pk, title in _named(articles.filter(verifier=employee))
    ]
    tasks = ContentTask.objects.still_open().filter(owner=employee).order_by("title")
    found += [
        HandOver(
            kind=_("Task about an article"),
            title=title,
            url=reverse("content_tasks:edit", args=[pk]),
        )
        for pk, title in _named(tasks)
    ]
    return found


def _named(pages):
    return pages.values_list("pk", "title")


def _handover(kind, pk: int, title: str) -> HandOver:
    return HandOver(kind=kind, title=title, url=reverse("wagtailadmin_pages:edit", args=[pk]))
