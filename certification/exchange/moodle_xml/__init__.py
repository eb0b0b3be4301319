"""Moodle XML: every type of Moodle's own export, converted, degraded or refused by line."""

from certification.exchange.moodle_xml.reading import read_moodle_xml
from certification.exchange.moodle_xml.writing import write_moodle_xml

__all__ = ["read_moodle_xml", "write_moodle_xml"]
