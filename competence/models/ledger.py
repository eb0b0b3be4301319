"""The ledger: everything that ever happened to somebody's competences, in one chain per employee.

Rows are written by ``competence.services.record`` alone. Personal free text lies beside, its fingerprint in the chain.
"""

import hashlib
import hmac

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.ledger import LedgerRow, sha256_of
from competence.choices import EventType
from competence.models.catalogue import Competence
from competence.querysets import CompetenceEventQuerySet


def fingerprint(text: str, salt: str) -> str:
    """What stands in the chain for ``text``: worthless once text and salt are gone."""
    return hmac.new(salt.encode(), text.encode(), hashlib.sha256).hexdigest()


class CompetenceEvent(LedgerRow):
    """One thing that happened to a cell, or to all cells of a person where it names no competence."""

    chain_subject = "employee_id"
    chained_fields = (
        "competence_id",
        "type",
        "on",
        "known_on",
        "level",
        "rating",
        "passed",
        "covers_changes",
        "call",
        "first_day",
        "last_day",
        "valid_months",
        "source_kind",
        "source_id",
        "actor_id",
        "second_actor_id",
        "withdraws_id",
        "basis_sha256",
        "note_fingerprint",
    )

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="competence_events"
    )
    competence = models.ForeignKey(
        Competence, null=True, on_delete=models.PROTECT, related_name="events"
    )
    type = models.CharField(max_length=12, choices=EventType.choices)
    # Local days of the employee: when it happened and from when somebody could know of it.
    on = models.DateField()
    known_on = models.DateField()
    level = models.PositiveSmallIntegerField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)
    covers_changes = models.BooleanField(default=False)
    call = models.CharField(max_length=64, blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    # The validity in force when it was recorded: a changed one touches new evidence only.
    valid_months = models.PositiveSmallIntegerField(null=True)
    source_kind = models.CharField(max_length=20)
    source_id = models.CharField(max_length=64)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    second_actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdraws = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="withdrawals"
    )
    basis_sha256 = models.CharField(max_length=64, blank=True)
    note_fingerprint = models.CharField(max_length=64, blank=True)

    objects = CompetenceEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("competence event")
        verbose_name_plural = _("competence events")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "seq"], name="competence_event_chain_is_a_line"
            ),
            # Two constraints, since a database takes two absent competences for different ones.
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "employee", "competence", "type"],
                condition=Q(competence__isnull=False),
                name="one_event_per_source_and_cell",
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "employee", "type"],
                condition=Q(competence__isnull=True),
                name="one_event_per_source_and_person",
            ),
            models.CheckConstraint(
                condition=Q(type=EventType.WITHDRAWAL, withdraws__isnull=False)
                | (~Q(type=EventType.WITHDRAWAL) & Q(withdraws__isnull=True)),
                name="a_withdrawal_names_what_it_withdraws",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}, {self.type}, {self.on}"

    def content_problems(self) -> list[str]:
        """Says so if the versions it rests on, or a text that still lies beside it, are not what was hashed."""
        problems = []
        if self.basis_sha256 and self.basis_sha256 != basis_hash(
            self.basis.values_list("article_uuid", "number")
        ):
            problems.append("the article versions it rests on do not match their hash")
        if self.note_fingerprint:
            note = EventNote.objects.filter(event=self).first()
            if note and fingerprint(note.text, note.salt) != self.note_fingerprint:
                problems.append("the text beside it does not match its fingerprint")
        return problems


class EventBasis(models.Model):
    """The version of an article that an event rests on; ids are plain values, articles stand above."""

    event = models.ForeignKey(CompetenceEvent, on_delete=models.PROTECT, related_name="basis")
    article_uuid = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "article_uuid"], name="one_version_of_an_article_per_event"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.article_uuid}, {self.number}"


class EventNote(models.Model):
    """What a person wrote to an event. Erasing a person deletes this row, the chain stays whole."""

    event = models.OneToOneField(
        CompetenceEvent, primary_key=True, on_delete=models.PROTECT, related_name="note"
    )
    salt = models.CharField(max_length=32)
    text = models.TextField(max_length=1000)

    def __str__(self) -> str:
        return self.text


def basis_hash(basis) -> str:
    """The hash of pairs of article and version number, whatever their order; "" for none."""
    pairs = sorted((str(uuid), number) for uuid, number in basis)
    return sha256_of(pairs) if pairs else ""
