"""The inbox in the rail and in the bar of a phone, with the number of what is new."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry
from notifications.selectors import unread_count

INBOX = Entry(
    name="inbox",
    path="/inbox/",
    label=_("Inbox"),
    icon="inbox",
    order=30,
    letter="i",
    on_phone=True,
    shown_to=lambda viewer: viewer.employee_id is not None,
    count=unread_count,
)
