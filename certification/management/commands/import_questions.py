"""``manage.py import_questions FILE``: take questions of other systems into the bank."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.exchange.formats import FORMATS, MOST_BYTES
from certification.exchange.items import Problem
from certification.refusals import FileRefused
from certification.services.importing import ImportReport, import_questions, read_questions

SOME_REFUSED = 3
"""Exit code where some questions were refused and the rest went in."""


class Command(BaseCommand):
    """Questions that cannot be represented are refused by line; the rest goes in within one transaction."""

    help = "Import questions from GIFT, Moodle XML, QTI 2.1 or 3.0, CSV or XLSX."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=list(FORMATS), help="recognised if left out")
        parser.add_argument(
            "--dry-run", action="store_true", help="print the same figures, write nothing"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *, file: Path, **options) -> None:
        try:
            reading = read_questions(
                _content_of(file), name=file.name, format_name=options["format"] or ""
            )
            report = import_questions(
                reading=reading, by=None, now=timezone.now(), dry_run=options["dry_run"]
            )
        except FileRefused as refusal:
            raise CommandError(f"{refusal} {_('Nothing was written.')}", returncode=1) from None
        except DatabaseError as error:
            reason = _("The database does not take it: %(reason)s. Nothing was written.")
            raise CommandError(reason % {"reason": error}, returncode=1) from None
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._tell(report, dry_run=options["dry_run"])
        if count := len(report.refused):
            words = ngettext("%(n)d question was refused.", "%(n)d questions were refused.", count)
            raise CommandError(words % {"n": count}, returncode=SOME_REFUSED)

    def _tell(self, report: ImportReport, *, dry_run: bool) -> None:
        for title, problems in (
            (_("Not brought along completely:"), report.degraded),
            (_("Refused:"), report.refused),
        ):
            if problems:
                self.stdout.write(title)
            for problem in problems:
                self.stdout.write(f"  {_where(problem)}: {problem.reason}")
        self.stdout.write(
            _("New: %(new)s, changed: %(changed)s, as they were: %(unchanged)s.")
            % {"new": report.imported, "changed": report.updated, "unchanged": report.unchanged}
        )
        if dry_run:
            self.stdout.write(_("This was a dry run. Nothing was written."))


def _where(problem: Problem) -> str:
    line = _("row %(line)d") % {"line": problem.line}
    return f"{problem.file}, {line}" if problem.file else line


def _content_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise FileRefused(_("The file is larger than %(mb)s MB.") % {"mb": MOST_BYTES // 2**20})
        return file.read_bytes()
    except OSError as error:
        raise FileRefused(
            _("%(path)s cannot be read: %(reason)s.") % {"path": file, "reason": error.strerror}
        ) from None
