"""What changed, for customers: a page and an Atom feed. Both show everybody the same."""

import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kb.selectors.news import News, as_news, news_notices

PER_PAGE = 20
IN_FEED = 40


def _language(request: HttpRequest) -> str:
    """The language that is asked for, if it is one of ours."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What changed in the articles that everybody may read, newest first. Three queries."""
    now, language = timezone.now(), _language(request)
    found = Paginator(news_notices(now, language=language), PER_PAGE)
    page = found.get_page(request.GET.get("page", "1")[:9])
    ways = [("", _("All")), *((code, str(name)) for code, name in settings.LANGUAGES)]
    context = {
        "page": page,
        "news": as_news(page.object_list, now),
        "feed_url": reverse("feed") + (f"?language={language}" if language else ""),
        "tabs": [
            {
                "words": words,
                "url": reverse("news") + (f"?language={code}" if code else ""),
                "current": code == language,
            }
            for code, words in ways
        ],
    }
    return render(request, "kb/news.html", context)


class NewsFeed(Feed):
    """The newest of it as Atom."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> str:
        """The language it is asked in."""
        return _language(request)

    def title(self) -> str:
        """What stands above it in a reader."""
        return _("What's new: %(company)s") % {"company": settings.COMPANY_NAME}

    def link(self, language: str) -> str:
        """The page with the same news."""
        return reverse("news") + (f"?language={language}" if language else "")

    def feed_url(self, language: str) -> str:
        """Its own address."""
        return reverse("feed") + (f"?language={language}" if language else "")

    def author_name(self) -> str:
        """Whose news it is."""
        return settings.COMPANY_NAME

    def items(self, language: str) -> list[News]:
        """The newest."""
        now = timezone.now()
        return as_news(news_notices(now, language=language)[:IN_FEED], now)

    def item_title(self, item: News) -> str:
        """The article; Atom takes it for plain words."""
        return item.article.title

    def item_description(self, item: News) -> str:
        """What changed; Atom takes it for HTML."""
        return escape(item.words)

    def item_link(self, item: News) -> str:
        """The article's page."""
        return item.article.url

    def item_guid(self, item: News) -> str:
        """The same for ever."""
        return item.id

    def item_pubdate(self, item: News) -> datetime.datetime:
        """Since when it holds."""
        return item.at

    def item_updateddate(self, item: News) -> datetime.datetime:
        """The same: a change of a change is another piece of news."""
        return item.at


feed = require_safe(NewsFeed())
