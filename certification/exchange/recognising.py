"""Which format a file is in, by what it holds; its name decides only where texts look alike."""

import re
import zipfile
from io import BytesIO

WORKBOOK = "xl/workbook.xml"
ROOT = re.compile(r"<(?![?!])(?:\w+:)?([\w-]+)")
TABLE_HEAD = re.compile(
    r"(?:^|[;,\t])\s*\"?(?:question|text|вопрос|текст)[^;,\t]*(?:[;,\t]|$)", re.I
)
ENDINGS = {"csv": "csv", "tsv": "csv", "gift": "gift", "xml": "moodle_xml", "xlsx": "xlsx"}


def format_of(content: bytes, name: str = "") -> str:
    """The name of the format of ``content``."""
    if content.startswith(b"PK"):
        return "xlsx" if _is_workbook(content) else "qti21"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "xlsx"
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    begin = (
        content[:20_000].decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \t\r\n")
    )
    if begin.startswith("<"):
        root = ROOT.search(begin)
        return "qti21" if root and _is_qti(root[1]) else "moodle_xml"
    ending = name.rpartition(".")[2].lower()
    if ending in ENDINGS and ending != "xml":
        return ENDINGS[ending]
    if not wide:
        begin = content[:20_000].decode("cp1251", "replace") if "\ufffd" in begin else begin
    head = begin.splitlines()[0] if begin else ""
    return "csv" if "{" not in head and TABLE_HEAD.search(head) else "gift"


def _is_qti(root: str) -> bool:
    plain = root.lower().replace("-", "")
    return "assessment" in plain or plain == "questestinterop"


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return WORKBOOK in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
