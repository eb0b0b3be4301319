"""How people get in: sign-up is closed, accounts come from HR."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter for a house where HR opens the accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address or the password does not fit."),
        "too_many_login_attempts": _("Too many attempts. Try again in a quarter of an hour."),
        "enter_current_password": _("The current password does not fit."),
        "incorrect_password": _("The password does not fit."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
