"""Confirming a question: somebody looked, and as it is it is true for a text of its article."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from certification.models import Question, QuestionConfirmation
from certification.refusals import NotConfirmable
from certification.services.standings import derive, passage_of
from common.ledger import sha256_of
from kb.models import ArticlePage, ArticleVersion
from people.models import User


@transaction.atomic
def confirm(
    *,
    question: Question,
    by: User | None,
    now: datetime.datetime,
    version: ArticleVersion | None = None,
) -> QuestionConfirmation:
    """``question`` is true for ``version`` of its article; left out: for the one in force. Twice is the same as once.

    Raises NotConfirmable for a draft, and where there is no text that it could be true for.
    """
    article = question.article
    if not question.live:
        raise NotConfirmable(_("A draft is confirmed once it is published."))
    if article is None:
        raise NotConfirmable(_("The question rests on no article."))
    if version is None:
        version = ArticleVersion.objects.filter(
            article_uuid=article.uuid, seq=article.version or 0
        ).first()
    if version is None or version.article_uuid != article.uuid:
        raise NotConfirmable(_("Nobody reads this article yet: publish it first."))
    return _confirm(question, version.snapshot_sha256, version.number, by, now)


@transaction.atomic
def confirm_for_draft(
    *, question: Question, draft: ArticlePage, by: User | None, now: datetime.datetime
) -> QuestionConfirmation:
    """``question`` is true for ``draft`` of its article, which becomes a version once it is approved as it is.

    Raises NotConfirmable.
    """
    if not question.live:
        raise NotConfirmable(_("A draft is confirmed once it is published."))
    if question.article_id != draft.pk:
        raise NotConfirmable(_("The question rests on another article."))
    return _confirm(question, sha256_of(draft.snapshot()), None, by, now)


@transaction.atomic
def confirm_published(*, question: Question, by: User | None, now: datetime.datetime) -> bool:
    """Whoever publishes a question says that it is true: for the text in force, and for the one being written.

    Where the two differ in what the question rests on it can be true for one only, and that is the new one: it was
    written for it, and is drawn once that text is in force. Returns whether it can be drawn now, by this word.
    Raises NotConfirmable where there is no text.
    """
    article = question.article
    draft = article.get_latest_revision_as_object() if article else None
    if draft is None or not article.has_unpublished_changes:
        confirm(question=question, by=by, now=now)
        return True
    version = ArticleVersion.objects.filter(article_uuid=article.uuid, seq=article.version).first()
    confirm_for_draft(question=question, draft=draft, by=by, now=now)
    if version is None or _passage(draft.snapshot(), question) != _passage(
        version.snapshot, question
    ):
        return False
    confirm(question=question, by=by, now=now)
    return True


def _passage(snapshot: dict[str, Any], question: Question) -> str:
    return passage_of(snapshot, question.paragraph)


def _confirm(
    question: Question,
    text_sha256: str,
    number: int | None,
    by: User | None,
    now: datetime.datetime,
) -> QuestionConfirmation:
    row, _created = QuestionConfirmation.objects.get_or_create(
        question=question,
        question_sha256=question.content_sha256,
        article_uuid=question.article.uuid,
        article_sha256=text_sha256,
        defaults={"number": number, "by": by, "at": now},
    )
    derive([question.article.uuid])
    return row
