"""The questions that rest on an article, looked at again while its new text is written."""

import datetime
from collections.abc import Collection

from kb.choices import ChangeSize
from kb.extensions import confirmation, questions_about
from kb.models import ArticlePage, PendingChange
from people.models import User


def confirm_questions(
    *, draft: ArticlePage, refs: Collection[str], by: User, now: datetime.datetime
) -> int:
    """``by`` says that these questions are true for ``draft`` as it is; returns how many. Safe to repeat.

    What is not a question about it, or not for ``by`` to confirm, is passed over.
    """
    return sum(
        provider.confirm_for_draft(draft=draft, refs=refs, by=by, now=now)
        for provider in confirmation
        if provider.may_confirm(by)
    )


def left_to_look_at(draft: ArticlePage, by: User) -> int:
    """How many questions would leave the draw with a change that people must confirm."""
    asks = PendingChange.objects.filter(article=draft.pk, size=ChangeSize.CONFIRM)
    if not asks.exists():
        return 0
    return sum(not one.is_confirmed for one in questions_about(draft, by))
