"""Which reader a path needs."""

from pathlib import Path

from django.utils.translation import gettext as _

from kb.importing.documents import DocumentSource, SourceUnreadable
from kb.importing.jsonl import JsonLines

FORMATS = ("jsonl", "markdown", "html", "docx")


def source_of(path: Path, format_name: str | None = None) -> DocumentSource:
    """The documents of ``path``. Raises SourceUnreadable where there are none to be read."""
    return JsonLines(path)
