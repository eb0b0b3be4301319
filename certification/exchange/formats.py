"""The formats that questions travel in, and how one is recognised."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from certification.exchange.gift import read_gift, write_gift
from certification.exchange.items import Item, Reading
from certification.exchange.moodle_xml import read_moodle_xml, write_moodle_xml
from certification.exchange.qti import read_qti, write_qti21, write_qti30
from certification.exchange.tables import read_table_of_questions, write_csv, write_xlsx

MOST_BYTES = 50 * 2**20


@dataclass(frozen=True)
class Format:
    """How files of a format are read and written, and how their names end."""

    read: Callable[[bytes], Reading]
    write: Callable[[Iterable[Item]], bytes]
    ending: str


FORMATS = {
    "gift": Format(read_gift, write_gift, "gift"),
    "moodle_xml": Format(read_moodle_xml, write_moodle_xml, "xml"),
    "qti21": Format(read_qti, write_qti21, "zip"),
    "qti30": Format(read_qti, write_qti30, "zip"),
    "csv": Format(read_table_of_questions, write_csv, "csv"),
    "xlsx": Format(read_table_of_questions, write_xlsx, "xlsx"),
}
