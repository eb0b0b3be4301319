"""``manage.py export_questions FILE --format F``: the bank as a file of another system."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.exchange.formats import FORMATS
from certification.models import Question
from certification.services.exporting import export_questions


class Command(BaseCommand):
    """All questions, drafts too; importing the file gives the same questions."""

    help = "Export the questions to GIFT, Moodle XML, a QTI package, CSV or XLSX."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=list(FORMATS), required=True)
        parser.add_argument("--competence", default="", help="only questions of this competence")

    def handle(self, *, file: Path, **options) -> None:
        questions = Question.objects.all()
        if name := options["competence"]:
            questions = questions.filter(competence__name=name)
        content = export_questions(questions=questions, format_name=options["format"])
        # A half-written file is never left under the name that was asked for.
        waiting = file.with_name(f"{file.name}.part")
        try:
            waiting.write_bytes(content)
            waiting.replace(file)
        except OSError as error:
            waiting.unlink(missing_ok=True)
            raise CommandError(
                _("%(path)s cannot be written: %(reason)s.")
                % {"path": file, "reason": error.strerror},
                returncode=1,
            ) from None
        count = questions.count()
        words = ngettext("%(n)d question in %(path)s.", "%(n)d questions in %(path)s.", count)
        self.stdout.write(words % {"n": count, "path": file})
