"""Keys to the API: a person makes them for themselves, an administrator may take any of them away.

The rows are Wagtail's: a digest of the key, its beginning, when it was last used. A key speaks for its owner and
can do what they may do now; it ends a year after it was made, and with the owner's work here.
"""

import datetime

from django.conf import settings
from django.utils import timezone
from wagtail.models import APIToken

from people.models import User
from people.viewer import Viewer

MOST = 10
"""So many keys in use are enough for anybody."""

NOTED_EVERY = datetime.timedelta(minutes=1)


class TooManyTokens(Exception):
    """This person has as many keys as anybody needs."""


def create(*, by: User, name: str) -> tuple[APIToken, str]:
    """A new key and its text, which can never be read again. Raises TooManyTokens."""
    if in_use(by, timezone.now()).count() >= MOST:
        raise TooManyTokens
    return APIToken.create_token(user=by, name=name[:255])


def revoke(*, token: APIToken, now: datetime.datetime) -> None:
    """From now on it opens nothing. Safe to repeat: the first moment stays."""
    APIToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)


def in_use(user: User, now: datetime.datetime):
    """The keys of ``user`` that still open something, newest first."""
    fresh = APIToken.objects.filter(user=user, revoked_at=None, created__gt=now - life())
    return fresh.order_by("-created", "-pk")


def expires_at(token: APIToken) -> datetime.datetime:
    """When it ends by itself."""
    return token.created + life()


def life() -> datetime.timedelta:
    """How long a key opens anything."""
    return datetime.timedelta(days=settings.API_TOKEN_DAYS)


def owner_of(text: str, *, now: datetime.datetime) -> tuple[APIToken, Viewer] | None:
    """The key behind ``text`` and whoever it speaks for; None for any that opens nothing, whatever the reason."""
    if not APIToken.validate_token_format(text):
        return None
    token = (
        APIToken.objects.select_related("user")
        .filter(
            key_hash__in=APIToken.candidate_key_hashes(text),
            revoked_at=None,
            created__gt=now - life(),
        )
        .first()
    )
    if token is None:
        return None
    viewer = Viewer.of(token.user, now)
    if not viewer.is_employee:
        return None
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        APIToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token, viewer
