"""How people get in: sign-up is closed, accounts come from HR, and only who works here today gets in."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
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
