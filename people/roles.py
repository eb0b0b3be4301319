"""The roles of the product. Each is a group of the same name; apps say in GRANTS what it may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do in Opora, on top of reading what their audience allows."""

    OPERATOR = "operator", _("Operator")
    MENTOR = "mentor", _("Mentor")
    TRAINER = "trainer", _("Trainer")
    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Quality reviewer")
    LEAD = "lead", _("Lead")
    HR = "hr", _("HR")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


def group_name(role: Role | str) -> str:
    """The name of the group that stands for ``role``; customers' own groups never start like this."""
    return f"opora:{role}"


GROUP_PREFIX = group_name("")
