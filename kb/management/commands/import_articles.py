"""Imports articles from a JSONL file or a folder of Markdown, HTML or DOCX."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.choices import Audience
from kb.importing.documents import SourceUnreadable
from kb.importing.progress import Shown
from kb.importing.report import ImportReport
from kb.importing.services import ImportStopped, import_articles, reason_of
from kb.importing.sources import FORMATS, source_of
from people.models import Employee, User

ROWS_REFUSED = 3
"""Exit code where some documents were refused and the rest went in."""

SHOWN = 20


class Command(BaseCommand):
    """``manage.py import_articles PATH``."""

    help = (
        "Import articles from a JSONL file (also .gz) or a folder of Markdown, HTML or DOCX files."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument("--format", choices=FORMATS, help="recognised if left out")
        parser.add_argument(
            "--audience",
            choices=[Audience.INTERNAL.value, Audience.PUBLIC.value],
            help="of articles that name none (default: internal); later runs never change it",
        )
        parser.add_argument("--owner", metavar="EMAIL", help="of articles that name none")
        parser.add_argument("--language", choices=["ru", "en"], default="ru")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, same figures")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args, **options):
        """Import and say what became of it."""
        try:
            owner = self._owner(options["owner"])
            owners = _colleagues()
        except DatabaseError as error:
            raise CommandError(reason_of(error)) from error
        # Beneath Django's wrapper, which ends every write with a new line.
        stream: Any = getattr(self.stderr, "_out", sys.stderr)
        try:
            report = import_articles(
                documents=source_of(options["path"], options["format"]),
                by=owner.user if owner else None,
                now=timezone.now(),
                audience=options["audience"] or Audience.INTERNAL,
                owner=owner,
                owners=owners,
                language=options["language"],
                dry_run=options["dry_run"],
                progress=Shown(stream),
            )
        except SourceUnreadable as error:
            raise CommandError(str(error)) from error
        except ImportStopped as error:
            raise CommandError(f"{error} {_so_far(error.report)}") from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._print(report, dry_run=options["dry_run"])
        if options["audience"] and report.other_audience:
            number = report.other_audience
            kept = ngettext(
                "%(n)d article keeps the audience it has here; an import does not change it.",
                "%(n)d articles keep the audience they have here; an import does not change it.",
                number,
            )
            self.stderr.write(kept % {"n": number})
        if report.refused_count:
            number = report.refused_count
            message = ngettext("%(n)d article was refused.", "%(n)d articles were refused.", number)
            raise CommandError(message % {"n": number}, returncode=ROWS_REFUSED)

    def _owner(self, email: str | None) -> Employee | None:
        if not email:
            return None
        user = User.objects.filter(email_key=email.strip().casefold()).first()
        employee = Employee.objects.filter(user=user).first() if user else None
        if employee is None:
            raise CommandError(
                _("There is no employee with the e-mail %(email)s.") % {"email": email}
            )
        return employee

    def _print(self, report: ImportReport, *, dry_run: bool) -> None:
        for title, problems, unlisted in (
            (_("Not brought along completely:"), report.degraded, report.degraded_unlisted),
            (_("Refused:"), report.refused, report.refused_unlisted),
        ):
            if problems:
                self.stdout.write(title)
            for problem in problems[:SHOWN]:
                where = problem.file or _("row %(line)d") % {"line": problem.line}
                self.stdout.write(f"  {where}: {problem.reason}")
            more = len(problems) - SHOWN + unlisted
            if more > 0:
                self.stdout.write(
                    "  " + ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
                )
        self.stdout.write(summary(report))
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))


def summary(report: ImportReport) -> str:
    """The figures on one line."""
    return _(
        "Imported %(imported)d, updated %(updated)d, unchanged %(unchanged)d, refused %(refused)d."
    ) % {
        "imported": report.imported,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": report.refused_count,
    }


def _so_far(report: ImportReport) -> str:
    return _("%(summary)s What is in stays; the next run goes on from here.") % {
        "summary": summary(report)
    }


def _colleagues() -> dict[str, Employee]:
    """Employees by e-mail: what a document calls its owner may be an address."""
    employees = Employee.objects.filter(user__isnull=False).select_related("user")
    return {employee.user.email_key: employee for employee in employees}
