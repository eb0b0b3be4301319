"""The way in: import articles from a source, all of it, resumable, or only say what would happen."""

import datetime
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from django.conf import settings
from django.db import DatabaseError, IntegrityError, OperationalError
from django.utils.translation import gettext as _

from kb.choices import Audience
from kb.importing.batches import Objected, Prepared, Writer, write_batch
from kb.importing.context import Context
from kb.importing.conversion import Converted, convert
from kb.importing.documents import DocumentSource, Problem, SourceDocument
from kb.importing.indexes import analyze, articles_not_indexed, index_for_editors
from kb.importing.pictures import Pictures
from kb.importing.progress import Progress, Silent
from kb.importing.report import ImportReport
from kb.importing.sections import Sections
from kb.importing.standing import Standing, groups_taken, reserve_pages, standing_articles
from kb.importing.survey import Survey, survey
from kb.importing.updates import Update
from people.models import Employee, User

AIM = 0.15
"""Seconds a batch's transaction should take; the number of rows follows the machine."""

SMALLEST, USUAL, LARGEST = 5, 50, 100


class ImportStopped(RuntimeError):
    """The import ended early: whole batches are in, the next run goes on. ``report`` says how far it got."""

    def __init__(self, message: str, report: ImportReport) -> None:
        super().__init__(message)
        self.report = report


def import_articles(
    *,
    documents: DocumentSource,
    by: User | None,
    now: datetime.datetime,
    audience: str = Audience.INTERNAL,
    owner: Employee | None = None,
    owners: Mapping[str, Employee] | None = None,
    language: str = "ru",
    published_at: Callable[[SourceDocument], datetime.datetime] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring ``documents`` in as articles in force; a second run updates what changed and nothing else.

    ``audience``, ``owner`` and ``language`` hold where a document names none; ``owners`` gives the employee
    behind the name a document has for its owner. ``by`` answers for the versions. ``published_at`` dates the
    first version of a document (a demo's past); else ``now`` does. With ``dry_run`` nothing is written and the
    figures are the same.

    Raises SourceUnreadable before anything is written, ImportStopped between two batches.
    """
    run = _Run(
        documents=documents,
        by=by,
        now=now,
        audience=audience,
        owner=owner,
        owners=owners or {},
        language=language,
        published_at=published_at or (lambda document: now),
        dry_run=dry_run,
        progress=progress or Silent(),
    )
    return run.go()


class _Run:
    """One import from beginning to end."""

    def __init__(
        self,
        *,
        documents,
        by,
        now,
        audience,
        owner,
        owners,
        language,
        published_at,
        dry_run,
        progress,
    ):
        self._documents: DocumentSource = documents
        self._by: User | None = by
        self._now: datetime.datetime = now
        self._audience: str = audience
        self._owner: Employee | None = owner
        self._owners: Mapping[str, Employee] = owners
        self._language: str = language
        self._published_at: Callable[[SourceDocument], datetime.datetime] = published_at
        self._dry_run: bool = dry_run
        self._progress: Progress = progress
        self.report = ImportReport()
        self._seconds = 0.0
        self.slowest = 0.0

    def go(self) -> ImportReport:
        self._progress.stage(_("Reading"), 0)
        self._survey = self._look()
        self._progress.finish()
        self._sections = Sections(self._owner)
        self._pictures = Pictures(by=self._by, dry_run=self._dry_run)
        try:
            if not self._dry_run:
                self._survey.reserve(reserve_pages(len(self._survey.new)))
                self._writer = Writer(by=self._by)
            self._write_all()
            self.report.sections = self._sections.made
            if not self._dry_run:
                self._build_indexes()
        except (OSError, DatabaseError) as error:
            raise ImportStopped(_reason(error), self.report) from error
        except KeyboardInterrupt as error:
            raise ImportStopped(_("Stopped."), self.report) from error
        finally:
            self._progress.finish()
        return self.report

    def _look(self) -> Survey:
        return survey(
            self._documents,
            standing=standing_articles(),
            taken=groups_taken(),
            default_language=self._language,
            languages={code for code, _name in settings.LANGUAGES},
            report=self.report,
        )

    def _write_all(self) -> None:
        total = len(self._survey.lines)
        self._progress.stage(_("Articles"), total)
        done = 0
        size = USUAL
        waiting: list[Converted] = []
        for document in self._accepted():
            done += 1
            converted = self._convert(document)
            if self._is_unchanged(converted):
                self.report.unchanged += 1
            elif self._may_be_written(converted):
                waiting.append(converted)
            if len(waiting) >= size:
                size = self._write(waiting, size)
                waiting = []
            self._progress.advance(done)
        if waiting:
            self._write(waiting, size)

    def _accepted(self) -> Iterator[SourceDocument]:
        """The documents the first pass accepted, each once."""
        for document in self._documents:
            if isinstance(document, Problem):
                continue
            if self._survey.lines.get(document.source_id) == document.line:
                yield document

    def _convert(self, document: SourceDocument) -> Converted:
        context = Context(
            article=partial(self._survey.page_behind, document),
            titled=partial(self._survey.page_titled, document),
            picture=partial(self._pictures.take, document),
        )
        converted = convert(
            document,
            context,
            default_language=self._language,
            is_boilerplate=self._survey.is_boilerplate,
        )
        owner = document.owner
        if owner and owner not in self._owners:
            context.say(_("Its owner “%(name)s” is not known.") % {"name": owner[:60]})
        for reason in [*document.notes, *context.degraded]:
            self.report.degrade(document, reason)
        return converted

    def _is_unchanged(self, converted: Converted) -> bool:
        standing = self._survey.standing.get(converted.document.source_id)
        return (
            standing is not None
            and standing.source_hash == converted.source_hash
            and standing.translation_group == self._group(converted)
        )

    def _may_be_written(self, converted: Converted) -> bool:
        standing = self._survey.standing.get(converted.document.source_id)
        if standing is None or not standing.kept or converted.same_content(standing.source_hash):
            return True
        self._refuse(converted, standing.kept)
        return False

    def _write(self, waiting: list[Converted], size: int) -> int:
        """Write ``waiting`` and return how many to write next time."""
        if self._dry_run:
            for converted in waiting:
                self._count(converted, self._survey.standing)
            return size
        for attempt in range(3):
            try:
                self._write_batch(waiting)
                break
            except IntegrityError:
                # Somebody else took a place in the tree or an id meanwhile: look again.
                if attempt == 2:
                    raise
        fitting = int(len(waiting) * AIM / max(self._seconds, 0.001))
        return max(SMALLEST, min(LARGEST, fitting, 2 * size))

    def _write_batch(self, waiting: list[Converted]) -> None:
        standing = standing_articles(c.document.source_id for c in waiting)
        new, changed = [], []
        refused = {}
        for converted in waiting:
            here = standing.get(converted.document.source_id)
            if here is None:
                new.append(self._prepared(converted))
            elif here.kept and not converted.same_content(here.source_hash):
                refused[converted.document.source_id] = here.kept
            else:
                changed.append(self._update(converted, here))
        refused |= self._written(new, changed)
        for converted in waiting:
            if converted.document.source_id in refused:
                self._refuse(converted, refused[converted.document.source_id])
            else:
                self._count(converted, standing)

    def _written(self, new: list[Prepared], changed: list[Update]) -> dict[str, str]:
        """Write, leaving out what an app above refuses; the reasons by source id."""
        refused: dict[str, str] = {}
        while True:
            started = time.monotonic()
            try:
                write_batch(self._writer, new, changed)
                self._seconds = time.monotonic() - started
                self.slowest = max(self.slowest, self._seconds)
                return refused
            except Objected as objection:
                refused[objection.source_id] = str(objection)
                new = [item for item in new if item.source_id not in refused]
                changed = [item for item in changed if item.source_id not in refused]

    def _prepared(self, converted: Converted) -> Prepared:
        document = converted.document
        return Prepared(
            converted=converted,
            pk=self._survey.pages[document.source_id],
            section=self._sections.ensure(document.section),
            group=self._group(converted),
            audience=document.audience or self._audience,
            owner=self._owners.get(document.owner or "", self._owner),
            published_at=self._published_at(document),
        )

    def _update(self, converted: Converted, standing: Standing) -> Update:
        document = converted.document
        moves = not converted.same_placement(standing.source_hash)
        return Update(
            converted=converted,
            pk=standing.pk,
            rewrite=not converted.same_content(standing.source_hash),
            section=self._sections.ensure(document.section) if moves else None,
            group=self._group(converted),
            owner=self._owners.get(document.owner or ""),
            by=self._by,
            now=self._now,
            tags=self._writer.tags,
        )

    def _group(self, converted: Converted):
        return self._survey.translations.group(converted.document.source_id)

    def _count(self, converted: Converted, standing: Mapping[str, Standing]) -> None:
        if converted.document.source_id in standing:
            self.report.updated += 1
        else:
            self.report.imported += 1

    def _refuse(self, converted: Converted, reason: str) -> None:
        document = converted.document
        self.report.refuse(Problem(line=document.line, reason=reason, file=document.file))

    def _build_indexes(self) -> None:
        missing = articles_not_indexed()
        if missing:
            self._progress.stage(_("Search for editors"), len(missing))
            index_for_editors(missing, self._progress.advance)
        if self.report.imported or self.report.updated:
            analyze()


def _reason(error: Exception) -> str:
    """Why the import stopped, in a sentence of ours."""
    text = str(error)
    if "full" in text or getattr(error, "errno", None) == 28:
        return _("There is no room left on the disk.")
    if isinstance(error, OperationalError) and "locked" in text:
        return _("The database is locked by another program.")
    return _("Writing failed: %(reason)s.") % {"reason": text.strip().rstrip(".")}
