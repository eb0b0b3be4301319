"""Which reader a path needs."""

from pathlib import Path

from django.utils.translation import gettext as _

from kb.importing.documents import DocumentSource, SourceUnreadable
from kb.importing.docx import DocxFolder
from kb.importing.jsonl import JsonLines
from kb.importing.markdown import MarkdownFolder
from kb.importing.web import HtmlFolder

READERS = {
    "jsonl": (JsonLines, (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")),
    "markdown": (MarkdownFolder, (".md", ".markdown")),
    "html": (HtmlFolder, (".html", ".htm", ".xhtml")),
    "docx": (DocxFolder, (".docx",)),
}
FORMATS = tuple(READERS)


def source_of(path: Path, format_name: str | None = None) -> DocumentSource:
    """The documents of ``path``, read as ``format_name`` or as its names suggest.

    Raises SourceUnreadable where nothing is there, or nothing that we can read.
    """
    try:
        path.stat()
    except FileNotFoundError as error:
        raise SourceUnreadable(_("%(path)s does not exist.") % {"path": path}) from error
    except OSError as error:
        raise SourceUnreadable(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": error.strerror}
        ) from error
    name = format_name or _recognised(path)
    if name == "jsonl" and path.is_dir():
        raise SourceUnreadable(_("%(path)s is a folder; name the JSONL file.") % {"path": path})
    return READERS[name][0](path)


def _recognised(path: Path) -> str:
    """The format most of the files have."""
    names = [path.name.lower()]
    if path.is_dir():
        names = [each.name.lower() for each in path.rglob("*") if each.is_file()]
    counts = {
        name: sum(each.endswith(endings) for each in names)
        for name, (_reader, endings) in READERS.items()
    }
    best = max(counts, key=lambda name: counts[name])
    if not counts[best]:
        raise SourceUnreadable(
            _("%(path)s holds nothing that can be read: JSONL, Markdown, HTML or DOCX.")
            % {"path": path}
        )
    return best
