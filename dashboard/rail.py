"""The rail's first entries. An app that brings a screen of its own registers it in its own ``ready()``."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry

ENTRIES = (
    Entry(name="home", path="/", label=_("Home"), icon="home", order=10, letter="h", on_phone=True),
    Entry(
        name="knowledge",
        path="/kb/",
        label=_("Knowledge"),
        icon="knowledge",
        order=20,
        letter="k",
    ),
    Entry(
        name="back_office",
        path="/admin/",
        label=_("Back office"),
        icon="edit",
        order=90,
        letter="e",
        shown_to=lambda viewer: viewer.may_enter_admin,
    ),
)
