"""How people get in: sign-up is closed, accounts come from HR."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter for a house where HR opens the accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
