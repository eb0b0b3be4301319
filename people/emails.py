"""E-mail addresses people sign in with: what we accept, so that two that look alike are never two people."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from people.refusals import Refusal


class UnusableEmail(Refusal):
    """The address cannot be a login here."""


def checked_email(address: str) -> str:
    """``address`` without blanks around it, in lower case after the @. Raises UnusableEmail with the reason.

    Only Latin letters: «а» from the Cyrillic alphabet in an address looks like "a" and is somebody else.
    """
    address = address.strip()
    strange = [character for character in address if not character.isascii()]
    if strange:
        raise UnusableEmail(
            _("the address %(email)s contains “%(letter)s”, which is not a Latin letter")
            % {"email": address, "letter": strange[0]}
        )
    try:
        validate_email(address)
    except ValidationError:
        raise UnusableEmail(_("%(email)s is not an e-mail address") % {"email": address}) from None
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"
