"""``manage.py import_levels FILE``: levels declared at the start, so that a department can begin."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competence.importing import Report, import_levels
from people.importing.tables import UnreadableFile, read_path


class Command(BaseCommand):
    """All rows or none; the same file again changes nothing."""

    help = "Declare levels from CSV (UTF-8) or XLSX: person, competence, level. Declared by each person's lead."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="print the figures, write nothing"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            report = import_levels(read_path(file), now=timezone.now(), dry_run=dry_run)
        except UnreadableFile as refusal:
            raise CommandError(" ".join([str(refusal), _("Nothing was written.")])) from None
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._tell(report)
        if report.refused:
            raise CommandError(_("Nothing was written."))

    def _tell(self, report: Report) -> None:
        for error in report.refused:
            self.stderr.write(str(error))
        self.stdout.write(
            _("New: %(new)s, as they were: %(unchanged)s.")
            % {"new": report.imported, "unchanged": report.unchanged}
        )
        if report.refused:
            count = len(report.refused)
            self.stdout.write(ngettext("%(n)s error.", "%(n)s errors.", count) % {"n": count})
        elif report.dry_run:
            self.stdout.write(_("This was a dry run. Nothing was written."))
