"""``manage.py import_people FILE``: bring the people on record in line with a table."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.importing.people_import import Report, import_people
from people.importing.tables import UnreadableFile, read_path


class Command(BaseCommand):
    """All rows or none; the same file again changes nothing."""

    help = (
        "Import people from CSV (UTF-8) or XLSX. Known by personnel number, else by e-mail address."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="print the figures, write nothing"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument(
            "--sheet", default="", help="the sheet of a workbook; the first by default"
        )
        parser.add_argument(
            "--create-missing",
            action="store_true",
            help="create teams and positions that do not exist",
        )

    def handle(self, *, file: Path, sheet: str, **options) -> None:
        try:
            report = import_people(
                read_path(file, sheet=sheet),
                by=None,
                now=timezone.now(),
                create_missing=options["create_missing"],
                dry_run=options["dry_run"],
            )
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
            self._tell(report)
        if report.refused:
            raise CommandError(_("Nothing was written."), returncode=1)

    def _tell(self, report: Report) -> None:
        for error in report.refused:
            self.stderr.write(str(error))
        for name in report.ignored:
            self.stdout.write(_("The column “%(name)s” is not used.") % {"name": name})
        for names, words in (
            (report.new_teams, _("New teams: %(names)s.")),
            (report.new_positions, _("New positions: %(names)s.")),
        ):
            if names:
                self.stdout.write(words % {"names": ", ".join(names)})
        self.stdout.write(
            _("New: %(new)s, changed: %(changed)s, as they were: %(unchanged)s.")
            % {"new": report.imported, "changed": report.updated, "unchanged": report.unchanged}
        )
        if report.refused:
            count = len(report.refused)
            self.stdout.write(ngettext("%(n)s error.", "%(n)s errors.", count) % {"n": count})
        elif report.dry_run:
            self.stdout.write(_("This was a dry run. Nothing was written."))
