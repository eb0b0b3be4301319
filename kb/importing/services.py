"""The way in: import articles from a source, all of it, resumable, or only say what would happen."""

import datetime
from collections.abc import Callable, Mapping

from django.db import DatabaseError, OperationalError
from django.utils.translation import gettext as _

from kb.choices import Audience
from kb.importing.documents import DocumentSource, SourceDocument, SourceUnreadable
from kb.importing.progress import Progress, Silent
from kb.importing.report import ImportReport
from kb.importing.run import Run, Terms
from people.models import Employee, User

NO_SPACE = 28  # errno.ENOSPC


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
    terms = Terms(
        by=by,
        now=now,
        audience=audience,
        owner=owner,
        owners=owners or {},
        language=language,
        published_at=published_at or (lambda document: now),
        dry_run=dry_run,
    )
    progress = progress or Silent()
    run = Run(documents, terms, progress)
    try:
        run.survey()
        try:
            run.write()
        except SourceUnreadable as error:
            # Readable a moment ago: somebody has changed the source meanwhile.
            raise ImportStopped(str(error), run.report) from error
    except (OSError, DatabaseError) as error:
        raise ImportStopped(reason_of(error), run.report) from error
    except KeyboardInterrupt as error:
        raise ImportStopped(_("Stopped."), run.report) from error
    finally:
        progress.finish()
    return run.report


def reason_of(error: Exception) -> str:
    """Why the disk or the database failed us, in a sentence of ours."""
    text = " ".join(str(error).split()).rstrip(".")
    if getattr(error, "errno", None) == NO_SPACE or "disk is full" in text or "No space" in text:
        return _("There is no room left on the disk.")
    if "locked" in text:
        return _("The database is locked by another program.")
    if "no such table" in text or ("relation" in text and "does not exist" in text):
        return _("The database has no tables yet: run “manage.py migrate”.")
    if isinstance(error, OperationalError) and ("connect" in text or "unable to open" in text):
        return _("The database cannot be reached.")
    return _("Writing failed: %(reason)s.") % {"reason": text}
