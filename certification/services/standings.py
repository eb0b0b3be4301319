"""Up to which version of its article each question holds, derived from confirmations. Safe to run at any time."""

import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from certification.models import Question, QuestionConfirmation, QuestionStanding
from certification.rules.standing import VersionSeen, holds_through
from common.ledger import sha256_of
from kb.choices import ChangeSize, State
from kb.models import ArticlePage, ArticleVersion, ChangeNotice

KEPT = ("sha256", "article_uuid", "number")
AT_ONCE = 200


def passage_of(snapshot: dict[str, Any], paragraph: str) -> str:
    """The hash of what a question rests on: one block of the body, or title, answer and body of the whole text."""
    body = snapshot.get("body") or "[]"
    blocks = json.loads(body) if isinstance(body, str) else body
    if paragraph:
        return sha256_of([one for one in blocks if one.get("id") == paragraph])
    return sha256_of([snapshot.get("title"), snapshot.get("answer"), blocks])


def derive(article_uuids: Collection[uuid.UUID]) -> int:
    """Write anew up to which version the questions of these articles hold; how many rows that changed."""
    with transaction.atomic():
        in_force = dict(
            ArticlePage.objects.filter(uuid__in=article_uuids, version__isnull=False).values_list(
                "uuid", "version"
            )
        )
        questions = list(
            Question.objects.filter(article__uuid__in=article_uuids).select_related("article")
        )
        holds = _holding(questions, up_to=in_force)
        standing = QuestionStanding.objects.in_bulk([one.pk for one in questions])
        wanted = {
            question.pk: QuestionStanding(
                question=question,
                sha256=question.content_sha256,
                article_uuid=question.article.uuid,
                number=holds[question.pk],
            )
            for question in questions
            if question.pk in holds
        }
        gone = [pk for pk in standing if pk not in wanted]
        fresh = [row for pk, row in wanted.items() if pk not in standing]
        changed = [
            row
            for pk, row in wanted.items()
            if pk in standing
            and any(getattr(row, name) != getattr(standing[pk], name) for name in KEPT)
        ]
        QuestionStanding.objects.filter(pk__in=gone).delete()
        QuestionStanding.objects.bulk_create(fresh, ignore_conflicts=True)
        QuestionStanding.objects.bulk_update(changed, KEPT)
        # A question whose article was taken away rests on nothing.
        lost = QuestionStanding.objects.filter(question__article__isnull=True).delete()[0]
    return len(gone) + len(fresh) + len(changed) + lost


def derive_all() -> int:
    """The sweep: every question that rests on an article; how many rows that changed."""
    uuids = list(
        Question.objects.filter(article__isnull=False)
        .order_by()
        .values_list("article__uuid", flat=True)
        .distinct()
    )
    return sum(derive(uuids[start : start + AT_ONCE]) for start in range(0, len(uuids), AT_ONCE))


def holding_for(version: ArticleVersion) -> list[Question]:
    """The published questions in use that somebody has confirmed for this version, announced or in force."""
    questions = list(
        Question.objects.resting_on(version.article_uuid)
        .in_use()
        .select_related("article")
        .order_by("pk")
    )
    holds = _holding(questions, up_to={version.article_uuid: version.number})
    return [one for one in questions if holds.get(one.pk) == version.number]


def holding_for_draft(questions: Iterable[Question], draft: ArticlePage) -> set[int]:
    """Which of these questions hold for ``draft`` of their article as it is. Two queries.

    Somebody confirmed them for it; or they are drawn now, and what they rest on is as in the text in force.
    """
    snapshot = draft.snapshot()
    confirmed = set(
        QuestionConfirmation.objects.filter(
            article_uuid=draft.uuid, article_sha256=sha256_of(snapshot)
        ).values_list("question_id", "question_sha256")
    )
    in_force = ArticleVersion.objects.filter(
        article_uuid=draft.uuid, seq=draft.version or 0
    ).first()
    found = set()
    for question in questions:
        standing = getattr(question, "standing", None)
        is_drawn = (
            in_force is not None
            and standing is not None
            and (standing.sha256, standing.number) == (question.content_sha256, in_force.number)
        )
        if (question.pk, question.content_sha256) in confirmed or (
            is_drawn
            and passage_of(in_force.snapshot, question.paragraph)
            == passage_of(snapshot, question.paragraph)
        ):
            found.add(question.pk)
    return found


def _holding(questions: Iterable[Question], *, up_to: dict[uuid.UUID, int]) -> dict[int, int]:
    """By question the highest version, up to the one given for its article, that it is confirmed for."""
    questions = [one for one in questions if one.article and one.article.uuid in up_to]
    confirmed: dict[tuple[int, str], set[str]] = defaultdict(set)
    rows = QuestionConfirmation.objects.filter(question__in=questions)
    for question_id, sha256, text in rows.values_list(
        "question", "question_sha256", "article_sha256"
    ):
        confirmed[question_id, sha256].add(text)
    asked_of = [one for one in questions if confirmed[one.pk, one.content_sha256]]
    versions: dict[uuid.UUID, list[ArticleVersion]] = defaultdict(list)
    for version in (
        ArticleVersion.objects.filter(article_uuid__in={one.article.uuid for one in asked_of})
        # What was called off before anybody read it is no step of the text.
        .exclude(state__state=State.WITHDRAWN, state__in_force_at=None)
        .order_by("article_uuid", "seq")
    ):
        if version.number <= up_to[version.article_uuid]:
            versions[version.article_uuid].append(version)
    telling = set(
        ChangeNotice.objects.filter(article_uuid__in=versions, withdrawn_at__isnull=True)
        .exclude(size=ChangeSize.MINOR)
        .values_list("version", flat=True)
    )
    found = {}
    for question in asked_of:
        seen = [
            VersionSeen(
                number=version.number,
                text=version.snapshot_sha256,
                passage=passage_of(version.snapshot, question.paragraph),
                tells=version.pk in telling,
            )
            for version in versions[question.article.uuid]
        ]
        number = holds_through(seen, confirmed[question.pk, question.content_sha256])
        if number is not None:
            found[question.pk] = number
    return found
