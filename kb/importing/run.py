"""One import from beginning to end: a first pass over everything, then batch after batch."""

import datetime
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from kb.importing.batches import Objected, Prepared, Writer, write_batch
from kb.importing.context import Context
from kb.importing.conversion import Converted, convert
from kb.importing.documents import DocumentSource, Problem, SourceDocument
from kb.importing.indexes import analyze, articles_not_indexed, index_for_editors
from kb.importing.pictures import Pictures
from kb.importing.progress import Progress
from kb.importing.report import ImportReport
from kb.importing.sections import Sections
from kb.importing.standing import Standing, groups_taken, reserve_pages, standing_articles
from kb.importing.survey import survey
from kb.importing.updates import Update
from people.models import Employee, User

AIM = 0.1
"""Seconds a batch's transaction should take; the number of rows follows the machine."""

SMALLEST, USUAL, LARGEST = 5, 50, 50
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all documents of an import; see ``import_articles``."""

    by: User | None
    now: datetime.datetime
    audience: str
    owner: Employee | None
    owners: Mapping[str, Employee]
    language: str
    published_at: Callable[[SourceDocument], datetime.datetime]
    dry_run: bool

    def owner_of(self, document: SourceDocument) -> Employee | None:
        """The employee a document names as its owner, if we know them."""
        name = document.owner or ""
        return self.owners.get(name) or self.owners.get(name.casefold())


class Run:
    """One import. ``report`` grows while it goes."""

    def __init__(self, documents: DocumentSource, terms: Terms, progress: Progress) -> None:
        self.report = ImportReport()
        self._documents = documents
        self._terms = terms
        self._progress = progress
        self._sections = Sections(terms.owner)
        self._pictures = Pictures(by=terms.by, dry_run=terms.dry_run)
        self._size = USUAL

    def survey(self) -> None:
        """The first pass: it writes nothing. Raises SourceUnreadable."""
        self._progress.stage(_("Reading the source"), 0)
        self._survey = survey(
            self._documents,
            standing=standing_articles(),
            taken=groups_taken(),
            default_language=self._terms.language,
            languages={code for code, _name in settings.LANGUAGES},
            report=self.report,
            advanced=self._progress.advance,
        )

    def write(self) -> None:
        """The second pass: convert, compare, write."""
        if not self._terms.dry_run:
            self._survey.reserve(reserve_pages(len(self._survey.new)))
            self._writer = Writer(by=self._terms.by)
        self._progress.stage(_("Writing articles"), len(self._survey.lines))
        waiting: list[Converted] = []
        for done, document in enumerate(self._accepted(), 1):
            converted = self._convert(document)
            if self._is_to_be_written(converted):
                waiting.append(converted)
            if len(waiting) >= self._size:
                self._write(waiting)
                waiting = []
            self._progress.advance(done)
        if waiting:
            self._write(waiting)
        if not self._terms.dry_run:
            self._build_indexes()

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
        for reason in document.notes:
            context.say(reason)
        if document.owner and self._terms.owner_of(document) is None:
            context.say(_("Its owner “%(name)s” is not known.") % {"name": document.owner[:60]})
        if unpaired := self._survey.unpaired.get(document.source_id):
            context.say(unpaired)
        return convert(
            document,
            context,
            default_language=self._terms.language,
            is_boilerplate=self._survey.is_boilerplate,
        )

    def _is_to_be_written(self, converted: Converted) -> bool:
        """Whether something changes. What does not, and what must not, is counted here."""
        standing = self._survey.standing.get(converted.source_id)
        if standing is None:
            return True
        wanted = converted.document.audience or self._terms.audience
        self.report.other_audience += standing.audience != wanted
        group = self._survey.translations.group(converted.source_id)
        if standing.source_hash == converted.source_hash and standing.translation_group == group:
            self.report.unchanged += 1
            return False
        if standing.kept and not converted.same_content(standing.source_hash):
            self._refuse(converted, standing.kept)
            return False
        return True

    def _write(self, waiting: list[Converted]) -> None:
        """Write ``waiting``, whole or not at all. Dry: only count."""
        if self._terms.dry_run:
            self._count(waiting, self._survey.standing, refused={})
            return
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._write_batch(waiting)
                return
            except IntegrityError:
                # Somebody else took a place in the tree or an id meanwhile: look again.
                if attempt == ATTEMPTS:
                    raise

    def _write_batch(self, waiting: list[Converted]) -> None:
        standing = standing_articles(converted.source_id for converted in waiting)
        new: list[Prepared] = []
        changed: list[Update] = []
        refused: dict[str, str] = {}
        for converted in waiting:
            here = standing.get(converted.source_id)
            if here is None:
                new.append(self._prepared(converted))
            elif here.kept and not converted.same_content(here.source_hash):
                refused[converted.source_id] = here.kept
            else:
                changed.append(self._update(converted, here))
        refused |= self._commit(new, changed)
        self._count(waiting, standing, refused)

    def _commit(self, new: list[Prepared], changed: list[Update]) -> dict[str, str]:
        """Write in one transaction, leaving out what an app above refuses; the reasons by source id."""
        refused: dict[str, str] = {}
        while new or changed:
            started = time.monotonic()
            try:
                write_batch(self._writer, new, changed)
            except Objected as objection:
                refused[objection.source_id] = str(objection)
                new = [item for item in new if item.source_id not in refused]
                changed = [item for item in changed if item.source_id not in refused]
                continue
            seconds = max(time.monotonic() - started, 0.001)
            self.report.slowest = max(self.report.slowest, seconds)
            fitting = int((len(new) + len(changed)) * AIM / seconds)
            self._size = max(SMALLEST, min(LARGEST, fitting, 2 * self._size))
            break
        return refused

    def _prepared(self, converted: Converted) -> Prepared:
        document = converted.document
        return Prepared(
            converted=converted,
            pk=self._survey.pages[document.source_id],
            section=self._sections.ensure(document.section),
            group=self._survey.translations.group(document.source_id),
            audience=document.audience or self._terms.audience,
            owner=self._terms.owner_of(document) or self._terms.owner,
            published_at=self._terms.published_at(document),
        )

    def _update(self, converted: Converted, standing: Standing) -> Update:
        document = converted.document
        moves = not converted.same_placement(standing.source_hash)
        return Update(
            converted=converted,
            pk=standing.pk,
            rewrite=not converted.same_content(standing.source_hash),
            section=self._sections.ensure(document.section) if moves else None,
            group=self._survey.translations.group(document.source_id),
            owner=self._terms.owner_of(document),
            by=self._terms.by,
            now=self._terms.now,
            tags=self._writer.tags,
        )

    def _count(
        self, written: list[Converted], standing: Mapping[str, Standing], refused: dict[str, str]
    ) -> None:
        for converted in written:
            if converted.source_id in refused:
                self._refuse(converted, refused[converted.source_id])
                continue
            if converted.source_id in standing:
                self.report.updated += 1
            else:
                self.report.imported += 1
            for reason in converted.degraded:
                self.report.degrade(converted.document, reason)

    def _refuse(self, converted: Converted, reason: str) -> None:
        document = converted.document
        self.report.refuse(Problem(line=document.line, reason=reason, file=document.file))

    def _build_indexes(self) -> None:
        missing = articles_not_indexed()
        if missing:
            self._progress.stage(_("Building the search of the admin"), len(missing))
            index_for_editors(missing, self._progress.advance)
        if self.report.imported or self.report.updated:
            analyze()
