"""What the frame of every page needs: rail, bar on a phone, who is signed in, choices kept in cookies.

A context processor; nothing is computed until a template asks, so fragments pay for none of it.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from common.navigation import Link, navigation
from people.roles import Role
from people.viewer import ANONYMOUS, Viewer


class Frame:
    """The frame of one request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _viewer(self) -> Viewer:
        return getattr(self._request, "viewer", ANONYMOUS)

    @cached_property
    def rail(self) -> list[Link]:
        """The screens this viewer has, in order."""
        return navigation.links_for(self._viewer, self._request.path)

    @property
    def inbox(self) -> Link | None:
        """The inbox with the number of what is new; None for who has none."""
        return next((link for link in self.rail if link.entry.name == "inbox"), None)

    @property
    def bottom_bar(self) -> list[Link]:
        """Those of them that have a place in the bar of a phone."""
        return [link for link in self.rail if link.entry.on_phone]

    @property
    def more(self) -> list[Link]:
        """Those that a phone keeps behind "More"."""
        return [link for link in self.rail if not link.entry.on_phone]

    @property
    def person(self) -> dict[str, str]:
        """Name, initials and roles of the person signed in."""
        name = self._viewer.name.strip()
        labels = [str(role.label) for role in Role if role.value in self._viewer.roles]
        return {
            "name": name,
            "initials": "".join(word[0] for word in name.split()[:2]).upper(),
            "role": ", ".join(labels),
        }

    @property
    def single_keys_off(self) -> bool:
        """The reader has switched single-key shortcuts off, on this device or in the profile."""
        return self._request.COOKIES.get("single_keys") == "off" or not self._viewer.single_keys

    @property
    def context_folded(self) -> bool:
        """The reader has folded the right column away."""
        return self._request.COOKIES.get("context") == "folded"

    @property
    def csrf_cookie(self) -> str:
        """The name of the cookie that scripts read the CSRF token from, at each request."""
        return settings.CSRF_COOKIE_NAME

    @property
    def sign_in_url(self) -> str:
        """The login page, coming back to where the reader is."""
        here = self._request.get_full_path()
        return f"{reverse('account_login')}?{urlencode({'next': here})}"

    @property
    def sign_out_url(self) -> str:
        """Where the form of signing out is sent."""
        return reverse("account_logout")

    @property
    def password_url(self) -> str:
        """Where the password is changed."""
        return reverse("account_change_password")


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor."""
    return {"frame": Frame(request)}
