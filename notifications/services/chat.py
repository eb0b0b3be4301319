"""A line in somebody's chat: that there is something, and where; nothing of what it says leaves the house.

Which chats a person may name is the administrator's choice (``OPORA_CHATS``): an address nobody allowed
is never called.
"""

from apprise import Apprise, AppriseAsset, NotifyFormat
from django.conf import settings

from notifications.extensions import Rendered

# No pictures from elsewhere, no files, no storage on disk.
ASSET = AppriseAsset(app_id="Opora", image_url_mask="", image_url_logo="", storage_mode="memory")


class ChatRefused(OSError):
    """The chat did not take the message."""


def is_allowed(address: str) -> bool:
    """Whether ``address`` begins with one of the chats that the administrator allows."""
    return any(address.lower().startswith(allowed.lower()) for allowed in settings.CHATS)


def is_address(address: str) -> bool:
    """Whether ``address`` is an address of a chat service."""
    return Apprise.instantiate(address, asset=ASSET, suppress_exceptions=True) is not None


def send_line(*, address: str, rendered: Rendered, link: str) -> None:
    """Say in the chat at ``address`` that there is something. Raises ChatRefused if it did not arrive."""
    chat = Apprise(asset=ASSET)
    if not (is_allowed(address) and chat.add(address)):
        raise ChatRefused("This address of a chat is not allowed here.")
    if not chat.notify(title=rendered.subject, body=link, body_format=NotifyFormat.TEXT):
        raise ChatRefused("The chat did not take the message.")
