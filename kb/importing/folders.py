"""Folders of files: which of them are articles, what a file's id and section are, and pictures beside it.

Nothing outside the folder is ever read, whatever a file says: links out of it are not followed.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from kb.importing.context import PictureRefused
from kb.importing.documents import MAX_LINE, RowRefused, SourceUnreadable

MAX_FILES = 200_000
MAX_PICTURE = 10 * 2**20
SKIPPED_FOLDERS = {"node_modules", "__pycache__", "__macosx"}


@dataclass(frozen=True, slots=True)
class File:
    """One file of a folder: where it is, and its path from the folder, with forward slashes."""

    root: Path
    path: str

    @property
    def place(self) -> Path:
        """Where it is on the disk."""
        return self.root / self.path

    @property
    def default_id(self) -> str:
        """Its id if it names none: the folder's name and the path, so that moving the folder changes nothing."""
        return f"{self.root.name}/{self.path}"

    @property
    def section(self) -> tuple[str, ...]:
        """The names of the folders it lies in."""
        return tuple(Path(self.path).parent.parts)

    @property
    def words(self) -> str:
        """Its name as a title, for want of a better one."""
        stem = Path(self.path).stem.replace("_", " ").replace("-", " ").strip()
        return stem[:1].upper() + stem[1:]

    def read(self, most: int = MAX_LINE) -> bytes:
        """Its content. Raises RowRefused."""
        try:
            with self.place.open("rb") as stream:
                content = stream.read(most + 1)
        except OSError as error:
            raise RowRefused(
                _("The file cannot be read: %(reason)s.") % {"reason": error.strerror}
            ) from error
        if len(content) > most:
            raise RowRefused(_("The file is larger than %(n)d MB.") % {"n": most // 2**20})
        if not content.strip():
            raise RowRefused(_("The file is empty."))
        return content

    def picture(self, source: str) -> bytes:
        """The picture that ``source`` in this file means. Raises PictureRefused."""
        name = source[:80]
        path = unquote(urlsplit(source).path)
        base = self.root if path.startswith("/") else self.place.parent
        try:
            place = (base / path.lstrip("/")).resolve()
            if not place.is_relative_to(self.root.resolve()):
                raise PictureRefused(
                    _("The picture “%(name)s” lies outside the folder.") % {"name": name}
                )
            if place.stat().st_size > MAX_PICTURE:
                raise PictureRefused(
                    _("The picture “%(name)s” is larger than %(n)d MB.")
                    % {"name": name, "n": MAX_PICTURE // 2**20}
                )
            return place.read_bytes()
        except (OSError, ValueError) as error:
            raise PictureRefused(
                _("The picture “%(name)s” is not there.") % {"name": name}
            ) from error


def files_of(path: Path, endings: tuple[str, ...]) -> Iterator[File]:
    """The files below ``path`` that have one of ``endings``, in the order of their names, or ``path`` itself.

    Raises SourceUnreadable where there is none.
    """
    if path.is_file():
        yield File(path.parent.resolve(), path.name)
        return
    root = path.resolve()
    found = 0

    def refuse(error: OSError) -> None:
        raise SourceUnreadable(
            _("%(file)s cannot be read: %(reason)s.")
            % {"file": error.filename, "reason": error.strerror}
        ) from error

    for folder, folders, names in os.walk(root, onerror=refuse):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name.lower() not in SKIPPED_FOLDERS
        )
        for name in sorted(names):
            if name.startswith((".", "~$")) or not name.lower().endswith(endings):
                continue
            place = Path(folder) / name
            if place.is_symlink():
                continue
            found += 1
            if found > MAX_FILES:
                raise SourceUnreadable(
                    _("There are more than %(n)d files; split the folder.") % {"n": MAX_FILES}
                )
            yield File(root, place.relative_to(root).as_posix())
    if not found:
        raise SourceUnreadable(
            _("There are no files with the ending %(endings)s in %(folder)s.")
            % {"endings": ", ".join(endings), "folder": path.name or str(path)}
        )


def decoded(content: bytes) -> str:
    """UTF-8 text. Raises RowRefused."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RowRefused(
            _("The file is not UTF-8 (Windows-1251 perhaps): save it as UTF-8.")
        ) from error
