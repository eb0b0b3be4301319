"""Confirming a question: somebody looked, and as it is it is true for a text of its article."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from certification.models import Question, QuestionConfirmation
from certification.refusals import NotConfirmable
from certification.services.standings import derive
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
