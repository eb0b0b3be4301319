"""Zip archives from strangers: read in memory, never unpacked onto a disk, within limits."""

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from certification.exchange.items import Unreadable

MOST_MEMBERS = 10_000
MOST_UNPACKED = 200 * 2**20
MOST_OF_ONE = 10 * 2**20
MOST_RATIO = 200
RATIO_COUNTS_FROM = 2**20
ENCRYPTED = 0x1


class Archive:
    """The files of an archive by name. Raises Unreadable for one that is damaged or dangerous."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = [member for member in self._zip.infolist() if not member.is_dir()]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
            raise Unreadable(_("The package is damaged or is not a zip archive.")) from None
        if len(members) > MOST_MEMBERS:
            raise Unreadable(_("The package holds more than %(n)s files.") % {"n": MOST_MEMBERS})
        unpacked = sum(member.file_size for member in members)
        swollen = unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * len(content)
        if unpacked > MOST_UNPACKED or swollen:
            raise Unreadable(_("The package unpacks to far more than questions need."))
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            name = member.filename
            if _leads_out(name):
                raise Unreadable(
                    _("The package holds a file whose name leads out of it: %(name)s.")
                    % {"name": name[:80]}
                )
            if name in self._members:
                raise Unreadable(
                    _("The package holds two files called %(name)s.") % {"name": name[:80]}
                )
            if member.flag_bits & ENCRYPTED:
                raise Unreadable(_("The package is protected by a password."))
            self._members[name] = member

    @property
    def names(self) -> list[str]:
        """The names of its files, in the order of the archive."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """The file called ``name``, whatever size the archive says it has. Raises Unreadable."""
        try:
            with self._zip.open(self._members[name]) as file:
                content = file.read(MOST_OF_ONE + 1)
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            zlib.error,
            NotImplementedError,
            RuntimeError,
        ):
            raise Unreadable(
                _("%(name)s in the package is damaged.") % {"name": name[:80]}
            ) from None
        if len(content) > MOST_OF_ONE:
            raise Unreadable(
                _("%(name)s in the package is larger than %(mb)s MB.")
                % {"name": name[:80], "mb": MOST_OF_ONE // 2**20}
            )
        return content


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return (
        name.startswith(("/", "\\"))
        or "\\" in name
        or "\0" in name
        or ".." in parts
        or ":" in parts[0]
    )
