"""Archiving: how an article leaves. Nothing that people have read is deleted."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from kb.models import ArticlePage
from kb.models.pages import articles_kept_below
from kb.refusals import ArticleKept
from people.models import User


@transaction.atomic
def archive(*, article: ArticlePage, by: User | None, now: datetime.datetime) -> None:
    """Take ``article`` out of use: off the air, nothing of it waits, and out of the editors' way.

    Its versions stay. Publishing it again takes it out of the archive. Twice is the same as once.
    """
    article = ArticlePage.objects.get(pk=article.pk)
    if article.live:
        article.unpublish(user=by)
    if article.archived_at is None:
        ArticlePage.objects.filter(pk=article.pk).update(archived_at=now)
        log(instance=article, action="kb.archive", user=by)


def refuse_deletion(page: Page) -> None:
    """Raise ArticleKept if ``page`` is an article with versions or has one below it."""
    if not articles_kept_below(page):
        return
    if page.specific_class is ArticlePage:
        raise ArticleKept(
            _(
                "“%(title)s” has been read and is kept for the record. Archive it instead of deleting it."
            )
            % {"title": page.title}
        )
    raise ArticleKept(
        _(
            "There are articles in “%(title)s” that have been read and are kept for the record. "
            "Archive or move them first."
        )
        % {"title": page.title}
    )
