"""CSV and XLSX: a question a row."""

from certification.exchange.tables.reading import read_table_of_questions
from certification.exchange.tables.writing import write_csv, write_xlsx

__all__ = ["read_table_of_questions", "write_csv", "write_xlsx"]
