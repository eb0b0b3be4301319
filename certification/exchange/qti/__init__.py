"""QTI 2.1 and 3.0: single items and packages with a manifest."""

from certification.exchange.qti.reading import read_qti
from certification.exchange.qti.writing import write_qti21, write_qti30

__all__ = ["read_qti", "write_qti21", "write_qti30"]
