"""The short check of a changed article: its questions, who looks at them again, answers (fills ``kb.confirmation``)."""

import datetime
import hashlib
import uuid
from collections.abc import Collection, Sequence
from random import Random

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.kinds import NotAnAnswer, kind_of
from certification.kinds.base import Presented
from certification.models import CheckAnswer, Question
from certification.services.confirming import confirm_for_draft
from certification.services.standings import holding_for, holding_for_draft
from certification.wording import not_an_answer_words
from kb.extensions import Asked, CheckQuestion, DraftQuestion
from kb.models import ArticlePage, ArticleVersion
from kb.refusals import KnowledgeRefused
from people.models import Employee, User

MOST = 3
KINDS = ("single", "multiple", "short")
"""What a check can show on the page of a change; the other kinds are for full papers."""


class Checks:
    """One to three questions that somebody has confirmed for the version."""

    def asked(self, version: ArticleVersion, employee: Employee) -> Asked:
        """As ``employee`` gets them: which, and in which order, hangs on the person and never on the moment.

        A question that was rewritten since it was answered is asked again.
        """
        chosen = _chosen(version, employee)
        if not chosen:
            return Asked()
        rows = CheckAnswer.objects.filter(version=version, employee=employee, right=True)
        right = set(rows.values_list("question", "question_sha256"))
        return Asked(
            tuple(_as_asked(one, version, employee) for one in chosen),
            frozenset(_ref(one) for one in chosen if (one.pk, one.content_sha256) in right),
        )

    def answer(
        self,
        *,
        version: ArticleVersion,
        employee: Employee,
        ref: str,
        given: Sequence[str],
        key: uuid.UUID,
        by: User,
        now: datetime.datetime,
    ) -> bool:
        """Record an answer and say whether it is right; the same key again answers as the first time.

        Raises KnowledgeRefused for a foreign question and for what is no answer to it.
        """
        known = CheckAnswer.objects.filter(key=key).first()
        if known is not None:
            return _repeated(known, employee)
        question = next((one for one in _chosen(version, employee) if _ref(one) == ref), None)
        if question is None:
            raise KnowledgeRefused(_("This question does not belong to this change."))
        kind, keys = kind_of(question.kind), _laid_out(question, version, employee).keys
        try:
            kept = kind.read(question.body, keys, given)
        except NotAnAnswer as error:
            raise KnowledgeRefused(not_an_answer_words(error)) from None
        right = bool(kept) and kind.score(question.body, keys, kept) == 1
        try:
            with transaction.atomic():
                CheckAnswer.objects.create(
                    employee=employee,
                    version=version,
                    question=question,
                    question_sha256=question.content_sha256,
                    given=kind.told(question.body, keys, kept),
                    right=right,
                    key=key,
                    by=by,
                    at=now,
                )
        except IntegrityError:
            return _repeated(CheckAnswer.objects.get(key=key), employee)
        return right

    def may_confirm(self, user: User) -> bool:
        """Whoever may publish questions."""
        return user.has_perm("certification.publish_question")

    def for_draft(self, draft: ArticlePage) -> list[DraftQuestion]:
        """The published questions in use that rest on the article of ``draft``. Three queries."""
        resting = Question.objects.resting_on(draft.uuid).in_use()
        rows = resting.select_related("standing").order_by("pk")
        holding = holding_for_draft(rows, draft)
        return [
            DraftQuestion(
                ref=_ref(row),
                text=row.text,
                expected=tuple(kind_of(row.kind).expected(row.body)),
                is_confirmed=row.pk in holding,
                url=reverse("wagtailsnippets_certification_question:edit", args=[row.pk]),
            )
            for row in rows
        ]

    def confirm_for_draft(
        self, *, draft: ArticlePage, refs: Collection[str], by: User, now: datetime.datetime
    ) -> int:
        """Confirm those of the article's questions that are named in ``refs``."""
        resting = Question.objects.resting_on(draft.uuid).in_use()
        chosen = [one for one in resting if _ref(one) in refs]
        for question in chosen:
            confirm_for_draft(question=question, draft=draft, by=by, now=now)
        return len(chosen)


def _repeated(known: CheckAnswer, employee: Employee) -> bool:
    if known.employee_id != employee.pk:
        raise KnowledgeRefused(_("This form was sent before by somebody else. Open it again."))
    return known.right


def _chosen(version: ArticleVersion, employee: Employee) -> list[Question]:
    suitable = [one for one in holding_for(version) if one.kind in KINDS]
    return sorted(suitable, key=lambda one: _lot(one, version, employee))[:MOST]


def _lot(question: Question, version: ArticleVersion, employee: Employee) -> str:
    drawn = f"{employee.pk}:{version.pk}:{question.uuid}"
    return hashlib.sha256(drawn.encode()).hexdigest()


def _laid_out(question: Question, version: ArticleVersion, employee: Employee) -> Presented:
    rng = Random(_lot(question, version, employee))  # noqa: S311 - the same at every look, not secret
    return kind_of(question.kind).present(question.body, rng)


def _ref(question: Question) -> str:
    return str(question.uuid)


def _as_asked(question: Question, version: ArticleVersion, employee: Employee) -> CheckQuestion:
    shown = _laid_out(question, version, employee).shown
    return CheckQuestion(
        ref=_ref(question),
        kind=question.kind,
        text=question.text,
        choices=tuple((one["key"], one["text"]) for one in shown.get("choices", ())),
    )


checks = Checks()
