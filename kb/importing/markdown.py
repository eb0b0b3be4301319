"""Reads articles from a folder of Markdown files, each with front matter or without."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from kb.importing.documents import Problem, RowRefused, SourceDocument
from kb.importing.fields import MAX_TAGS, Fields
from kb.importing.folders import File, decoded, files_of
from kb.importing.markdown_blocks import FENCE

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FIRST_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$")
SIGNS = re.compile(r"[*_`]|\[([^\]]*)\]\([^)]*\)")
MAX_FRONT_MATTER = 64 * 2**10


class MarkdownFolder:
    """The articles of a folder, or of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[SourceDocument | Problem]:
        """Every file in the order of the names. Raises SourceUnreadable."""
        for number, file in enumerate(files_of(self.path, (".md", ".markdown")), 1):
            try:
                yield _document(file, number)
            except RowRefused as refusal:
                yield Problem(line=number, reason=str(refusal), file=file.path)


def _document(file: File, number: int) -> SourceDocument:
    text = decoded(file.read()).replace("\r\n", "\n").replace("\r", "\n")
    values, body = front_matter(text)
    fields = Fields(values)
    return SourceDocument(
        line=number,
        file=file.path,
        source_id=fields.source_id(file.default_id),
        title=fields.title(_first_heading(body) or file.words),
        body=body,
        body_format="markdown",
        section=fields.section() or file.section,
        language=fields.language("language", "lang"),
        kind=fields.kind(),
        risk=fields.risk(),
        audience=fields.audience(),
        answer=_without_marks(fields.answer()),
        pair=fields.text("pair") or None,
        tags=fields.texts("tags", most=MAX_TAGS),
        owner=fields.text("owner") or None,
        review_days=fields.days("review_days"),
        source_url=fields.https_address("source_url", "url"),
        licence=fields.text("licence", most=60) or fields.text("license", most=60),
        attribution=fields.attribution(),
        path=file.path,
        notes=tuple(fields.notes),
        read_picture=file.picture,
    )


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The values above the text, and the text. Raises RowRefused where they cannot be read."""
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, text
    if len(match[1]) > MAX_FRONT_MATTER:
        raise RowRefused(_("The front matter is larger than 64 KB."))
    try:
        # BaseLoader makes nothing but text, lists and mappings: a tag “401” stays one.
        values = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506
    except RecursionError as error:
        raise RowRefused(_("The front matter is nested too deeply.")) from error
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 2 if getattr(error, "problem_mark", None) else 1
        raise RowRefused(
            _("The front matter is not YAML (line %(line)d).") % {"line": line}
        ) from error
    if values in (None, ""):
        values = {}
    if not isinstance(values, dict):
        raise RowRefused(_("The front matter must be a list of “name: value”."))
    return values, text[match.end() :]


def _without_marks(answer: str | None) -> str | None:
    """The answer is plain text: marks of bold and code would be read out."""
    return answer.replace("`", "").replace("**", "") if answer else answer


def _first_heading(body: str) -> str:
    """The text of the heading a file begins with."""
    for line in body.split("\n"):
        if not line.strip():
            continue
        match = FIRST_HEADING.match(line)
        if match and not FENCE.match(line):
            return SIGNS.sub(lambda sign: sign[1] or "", match[1]).strip()
        return ""
    return ""
