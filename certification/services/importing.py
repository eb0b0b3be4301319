"""Taking questions into the bank from a file: one transaction, every question known again by its key."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certification.exchange.formats import FORMATS, MOST_BYTES
from certification.exchange.items import Item, Problem, Read, Reading, Unreadable
from certification.exchange.recognising import format_of
from certification.models import Question
from certification.refusals import FileRefused
from certification.rules.limits import HIGHEST_LEVEL
from certification.services.exporting import normal
from common.ledger import sha256_of
from competence.models import Competence
from kb.models import ArticlePage
from people.models import User

BATCH = 500
FIELDS = (
    *("kind", "text", "body", "explanation", "competence_id", "level", "article_id", "paragraph"),
)


@dataclass
class ImportReport:
    """What an import did, or would do."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    degraded: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As ``--json`` prints it; the file is named where a package holds several."""
        return {
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "degraded": [_problem_json(problem) for problem in self.degraded],
            "refused": [_problem_json(problem) for problem in self.refused],
        }


def read_questions(content: bytes, *, name: str = "", format_name: str = "") -> Reading:
    """What the file holds, in the format named or recognised. Raises FileRefused with one sentence."""
    if len(content) > MOST_BYTES:
        raise FileRefused(_("The file is larger than %(mb)s MB.") % {"mb": MOST_BYTES // 2**20})
    if not content.strip():
        raise FileRefused(_("The file is empty."))
    try:
        return FORMATS[format_name or format_of(content, name)].read(content)
    except Unreadable as reason:
        raise FileRefused(str(reason)) from None


def import_questions(
    *, reading: Reading, by: User | None, now: datetime.datetime, dry_run: bool = False
) -> ImportReport:
    """Bring the bank in line with what was read. New questions come as drafts: somebody publishes them.

    A dry run does the same and takes it back. Raises FileRefused if somebody else wrote the same questions.
    """
    report = ImportReport(refused=sorted(reading.refused, key=_place))
    try:
        with transaction.atomic():
            _write(reading.read, report, by=by)
            if dry_run:
                transaction.set_rollback(True)
    except IntegrityError:
        raise FileRefused(
            _("The same questions were imported meanwhile. Import the file once more.")
        ) from None
    return report


@dataclass
class _Places:
    """What the facts of a file can name here."""

    competences: Mapping[str, int]
    articles: Mapping[str, int]

    @classmethod
    def standing(cls, reads: Iterable[Read]) -> "_Places":
        named = {_uuid(read.item.facts.get("article", "")) for read in reads} - {None}
        rows = Competence.objects.values_list("name", "pk")
        articles = ArticlePage.objects.filter(uuid__in=named).values_list("uuid", "pk")
        return cls(
            competences={name.casefold(): pk for name, pk in rows},
            articles={str(key): pk for key, pk in articles},
        )

    def fields_of(self, item: Item, losses: list[str]) -> dict[str, Any]:
        """What a question takes from the facts; what is named and not here is a loss."""
        fields: dict[str, Any] = {}
        facts = item.facts
        if name := facts.get("competence", ""):
            fields["competence_id"] = self.competences.get(name.casefold())
            if fields["competence_id"] is None:
                del fields["competence_id"]
                losses.append(_("there is no competence “%(name)s” here") % {"name": name[:60]})
        else:
            labels = [*reversed(item.category), *item.tags]
            known = (self.competences.get(label.casefold()) for label in labels)
            if found := next(filter(None, known), None):
                fields["competence_id"] = found
        if level := facts.get("level", ""):
            if level.isdecimal() and 1 <= int(level[:3]) <= HIGHEST_LEVEL:
                fields["level"] = int(level)
            else:
                losses.append(_("there is no level “%(level)s” here") % {"level": level[:20]})
        if article := facts.get("article", ""):
            key = str(_uuid(article) or "")
            if key in self.articles:
                fields["article_id"] = self.articles[key]
                fields["paragraph"] = facts.get("paragraph", "")[:36]
            else:
                losses.append(_("the article it rests on is not here"))
        return fields


def _write(reads: list[Read], report: ImportReport, *, by: User | None) -> None:
    places = _Places.standing(reads)
    standing = _standing(read.item.key for read in reads)
    new: list[Question] = []
    for read in reads:
        losses = list(read.losses)
        fields = {
            "kind": read.item.kind,
            "text": read.item.text,
            "body": _stored(read.item),
            "explanation": read.item.explanation,
            **places.fields_of(read.item, losses),
        }
        if losses:
            report.degraded.append(Problem(read.line, "; ".join(losses), read.file))
        question = standing.get(read.item.key)
        if read.lacks_rubric and question is not None and question.kind == read.item.kind:
            del fields["body"]
        if question is None:
            new.append(_draft(read.item.key, fields))
            report.imported += 1
        elif all(_same(getattr(question, name), value) for name, value in fields.items()):
            report.unchanged += 1
        else:
            _update(question, fields, by=by)
            report.updated += 1
    Question.objects.bulk_create(new, batch_size=BATCH)


def _standing(keys: Iterable[str]) -> dict[str, Question]:
    """The questions of the bank by the key a file knows them by: where it was imported from, or our own name."""
    wanted = list(keys)
    found: dict[str, Question] = {}
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        ours = {key: text for text in part if (key := _uuid(text))}
        for question in Question.objects.filter(uuid__in=ours):
            found[ours[question.uuid]] = question
        for question in Question.objects.filter(source_id__in=part):
            found.setdefault(question.source_id, question)
    return found


def _draft(key: str, fields: Mapping[str, Any]) -> Question:
    question = Question(live=False, has_unpublished_changes=True, source_id=key, **fields)
    if ours := _uuid(key):
        question.uuid, question.source_id = ours, None
    question.content_sha256 = sha256_of(question.content())
    return question


def _update(question: Question, fields: Mapping[str, Any], *, by: User | None) -> None:
    """Write the new text; what stood before stays in the history. A live question leaves the draw by itself."""
    if question.latest_revision_id is None:
        question.save_revision(user=by, clean=False)
    for name, value in fields.items():
        setattr(question, name, value)
    revision = question.save_revision(user=by, clean=False)
    if question.live:
        question.live_revision = revision
    question.has_unpublished_changes = not question.live
    question.save()
    log(instance=question, action="wagtail.edit", user=by, revision=revision, content_changed=True)


def _stored(item: Item) -> dict[str, Any]:
    body = dict(item.body)
    if item.kind == "multiple" and not body.get("partial"):
        body.pop("partial", None)
    return body


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return normal({"partial": False, **old}) == normal({"partial": False, **new})
    return normal(old) == normal(new)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _place(problem: Problem) -> tuple[str, int]:
    return problem.file, problem.line


def _problem_json(problem: Problem) -> dict[str, Any]:
    place = {"file": problem.file} if problem.file else {}
    return {"line": problem.line, "reason": problem.reason, **place}
