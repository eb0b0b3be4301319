"""``manage.py import_shifts FILE``: the roster from a table."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from people.importing.shifts import import_shifts
from people.importing.tables import UnreadableFile, read_path


class Command(BaseCommand):
    """All rows or none; the same file again changes nothing."""

    help = "Import shifts from CSV (UTF-8) or XLSX: employee, start, end; times in the employee's own zone."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="print the figures, write nothing"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument(
            "--sheet", default="", help="the sheet of a workbook; the first by default"
        )

    def handle(self, *, file: Path, sheet: str, **options) -> None:
        try:
            report = import_shifts(read_path(file, sheet=sheet), dry_run=options["dry_run"])
        except UnreadableFile as refusal:
            raise CommandError(
                " ".join([str(refusal), _("Nothing was written.")]), returncode=1
            ) from None
        except DatabaseError as error:
            raise CommandError(
                _("The database does not take it: %(reason)s. Nothing was written.")
                % {"reason": error},
                returncode=1,
            ) from None
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            for error in report.refused:
                self.stderr.write(str(error))
            self.stdout.write(
                _("New: %(new)s, changed: %(changed)s, as they were: %(unchanged)s.")
                % {"new": report.imported, "changed": report.updated, "unchanged": report.unchanged}
            )
        if report.refused:
            raise CommandError(_("Nothing was written."), returncode=1)
        if report.dry_run and not options["json"]:
            self.stdout.write(_("This was a dry run. Nothing was written."))
