"""What somebody who was in a session thought of it. Shown to others only together with other answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import Usefulness
from courses.models.sessions import TheorySession


class SessionOpinion(models.Model):
    """One answer of one person, theirs to change for a while."""

    session = models.ForeignKey(TheorySession, on_delete=models.CASCADE, related_name="opinions")
    employee = models.ForeignKey(
        "people.Employee", on_delete=models.CASCADE, related_name="session_opinions"
    )
    useful = models.PositiveSmallIntegerField(choices=Usefulness.choices)
    unclear = models.CharField(_("what stayed unclear"), max_length=500, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("opinion of a session")
        verbose_name_plural = _("opinions of sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employee"], name="one_opinion_per_person_and_session"
            ),
            models.CheckConstraint(
                condition=Q(useful__in=Usefulness.values), name="an_opinion_is_one_of_four"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.useful}"
