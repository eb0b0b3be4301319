"""Reads articles from a folder of DOCX files. The container is inspected before anything is unpacked."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import mammoth
from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from kb.importing.context import PictureRefused
from kb.importing.documents import Problem, RowRefused, SourceDocument
from kb.importing.fields import Fields
from kb.importing.folders import MAX_PICTURE, File, files_of
from kb.importing.html_inline import plain

SCHEME = "docx-picture"
MAX_FILE = 50 * 2**20
MAX_PARTS = 5_000
MAX_UNPACKED = 200 * 2**20
MAX_RATIO = 200
MAX_XML = 60 * 2**20
STYLES = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Название'] => h1:fresh",
        "p[style-name='Заголовок'] => h1:fresh",
        "p[style-name='Quote'] => blockquote:fresh",
        "p[style-name='Intense Quote'] => blockquote:fresh",
        "p[style-name='Code'] => pre:separator('\\n')",
        "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
    ]
)


class DocxFolder:
    """The articles of a folder, or of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[SourceDocument | Problem]:
        """Every file in the order of the names. Raises SourceUnreadable."""
        for number, file in enumerate(files_of(self.path, (".docx",)), 1):
            try:
                yield _document(file, number)
            except RowRefused as refusal:
                yield Problem(line=number, reason=str(refusal), file=file.path)


def _document(file: File, number: int) -> SourceDocument:
    content = file.read(MAX_FILE)
    inspect(content)
    html, pictures = _converted(content)
    first = BeautifulSoup(html, "html.parser").find("h1")
    fields = Fields({})
    return SourceDocument(
        line=number,
        file=file.path,
        source_id=fields.source_id(file.default_id),
        title=fields.title((plain(first) if first else "") or file.words),
        body=html,
        body_format="html",
        section=file.section,
        path=file.path,
        picture_scheme=SCHEME,
        read_picture=_reader(pictures),
    )


def inspect(content: bytes) -> None:
    """Refuse what is no DOCX, and what would unpack to far more than a document. Raises RowRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise RowRefused(_("The file has too many parts."))
            names = {part.filename for part in parts}
            if "word/document.xml" not in names:
                raise RowRefused(_("The file is not a Word document (.docx)."))
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 2**16):
                raise RowRefused(_("The file unpacks to far more than a document."))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _inspect_xml(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise RowRefused(_("The file is not a Word document (.docx), or is damaged.")) from error


def _inspect_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        xml = stream.read(MAX_XML + 1)
    if len(xml) > MAX_XML:
        raise RowRefused(_("The file unpacks to far more than a document."))
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or "<!DOCTYPE".encode("utf-16-le") in xml:
        raise RowRefused(_("The file holds definitions of entities, which no Word document needs."))


def _converted(content: bytes) -> tuple[str, list[bytes]]:
    """The document as HTML, and its pictures in order."""
    pictures: list[bytes] = []

    def take(picture) -> dict[str, str]:
        with picture.open() as stream:
            pictures.append(stream.read(MAX_PICTURE + 1))
        return {"src": f"{SCHEME}:{len(pictures) - 1}"}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(take),
            external_file_access=False,
        )
    except Exception as error:  # the converter raises whatever a broken part makes it trip over
        raise RowRefused(_("The file is not a Word document (.docx), or is damaged.")) from error
    return result.value, pictures


def _reader(pictures: list[bytes]) -> Callable[[str], bytes]:
    def read(source: str) -> bytes:
        place = source.removeprefix(f"{SCHEME}:")
        if not place.isdecimal() or int(place) >= len(pictures):
            raise PictureRefused(_("The picture “%(name)s” is not there.") % {"name": source[:80]})
        return pictures[int(place)]

    return read
