"""How people get in: sign-up is closed, accounts come from HR, and only who works here today gets in."""

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.stagekit import clear_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from people.models import User
from people.viewer import Viewer


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter for a house where HR opens the accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse | None:
        """Refuse a closed login and anybody who has left or is not hired yet, whatever the password."""
        if not Viewer.of(user).is_authenticated:
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)


def address_of(request: HttpRequest) -> str:
    """The address a request came from, past a proxy that is trusted: what limits count by. Empty if unknown."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return ""
