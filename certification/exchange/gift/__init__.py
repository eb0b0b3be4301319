"""GIFT, the text format of Moodle, as its importer accepts it."""

from certification.exchange.gift.reading import read_gift
from certification.exchange.gift.writing import write_gift

__all__ = ["read_gift", "write_gift"]
