"""Append-only rows in hash chains, one chain per subject, and the triggers that keep them append-only.

A correction is a new row naming the old one; nothing here updates or deletes. The canonical form of a row
is the same on every database and after a restore: sorted JSON, UTC microseconds, decimals as text.
"""

import datetime
import decimal
import hashlib
import json
import uuid
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

CHAIN_FORMAT = 1
GENESIS = "0" * 64
RETRIES = 5


class LedgerConflict(RuntimeError):
    """Several writers met at the end of one chain more often than we retry."""


def canonical(value: Any) -> Any:
    """``value`` in the form that is hashed: only JSON types, independent of database and driver."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, dict):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    return value


def canonical_bytes(value: Any) -> bytes:
    """Sorted, compact UTF-8 JSON of ``value``."""
    return json.dumps(
        canonical(value), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()


def sha256_of(value: Any) -> str:
    """Hex digest of the canonical bytes of ``value``."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


class AppendOnlyRow(models.Model):
    """A row that is written once: triggers refuse to change or delete it."""

    class Meta:
        abstract = True


class LedgerRow(AppendOnlyRow):
    """One link of a chain. Subclasses name their subject field and the fields that are hashed."""

    chain_subject: ClassVar[str]
    chained_fields: ClassVar[tuple[str, ...]]

    seq = models.PositiveIntegerField(editable=False)
    chain_format = models.PositiveSmallIntegerField(default=CHAIN_FORMAT, editable=False)
    previous_hash = models.CharField(max_length=64, editable=False)
    row_hash = models.CharField(max_length=64, editable=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True

    def compute_hash(self) -> str:
        """The hash this row must have, from its own values and its predecessor's hash."""
        values = {name: getattr(self, name) for name in self.chained_fields}
        return sha256_of(
            {
                "format": self.chain_format,
                "subject": getattr(self, self.chain_subject),
                "seq": self.seq,
                "previous": self.previous_hash,
                "recorded_at": self.recorded_at,
                "values": values,
            }
        )

    def content_problems(self) -> list[str]:
        """What is wrong with content that is hashed apart (a snapshot, a text), in words."""
        return []

    @classmethod
    def append(cls, *, recorded_at: datetime.datetime | None = None, **fields: Any) -> Self:
        """Add a row to the end of its subject's chain.

        Two writers that meet there are told apart by ``unique(subject, seq)``; the loser tries again.
        Raises LedgerConflict if that fails repeatedly; other integrity errors pass through.
        """
        subject = {cls.chain_subject: fields[cls.chain_subject]}
        for _attempt in range(RETRIES):
            latest = cls._base_manager.filter(**subject).order_by("-seq").first()
            row = cls(
                seq=latest.seq + 1 if latest else 1,
                previous_hash=latest.row_hash if latest else GENESIS,
                recorded_at=recorded_at or timezone.now(),
                **fields,
            )
            row.row_hash = row.compute_hash()
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except IntegrityError:
                if cls._base_manager.filter(**subject, seq=row.seq).exists():
                    continue
                raise
            return row
        raise LedgerConflict(f"The chain of {subject} is too busy.")


def append_only_models() -> list[type[AppendOnlyRow]]:
    """All concrete models whose rows triggers keep, chained or not, by name."""
    found = [model for model in apps.get_models() if issubclass(model, AppendOnlyRow)]
    return sorted(found, key=lambda model: model._meta.label)


def broken_links(model: type[LedgerRow]) -> list[str]:
    """One sentence for each row of ``model`` whose hash, predecessor or number is not what it must be."""
    problems: list[str] = []
    expected: dict[Any, tuple[int, str]] = {}
    rows = model._base_manager.order_by(model.chain_subject, "seq").iterator(chunk_size=500)
    for row in rows:
        subject = getattr(row, model.chain_subject)
        seq, previous = expected.get(subject, (1, GENESIS))
        where = f"{model._meta.label} {subject} row {row.seq}"
        if row.seq != seq:
            problems.append(f"{where}: row {seq} is missing")
        elif row.previous_hash != previous:
            problems.append(f"{where}: does not follow its predecessor")
        problems += [f"{where}: {problem}" for problem in row.content_problems()]
        if row.compute_hash() != row.row_hash:
            problems.append(f"{where}: content does not match its hash")
        expected[subject] = (row.seq + 1, row.row_hash)
    return problems
