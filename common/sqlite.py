"""What SQLite needs to serve Russian text: a LIKE that knows upper and lower case beyond ASCII."""

import re
from functools import lru_cache

from django.db.backends.base.base import BaseDatabaseWrapper


@lru_cache(maxsize=512)
def _like_pattern(pattern: str, escape: str | None) -> re.Pattern[str]:
    parts: list[str] = []
    characters = iter(pattern.casefold())
    for character in characters:
        if escape and character == escape:
            parts.append(re.escape(next(characters, escape)))
        elif character == "%":
            parts.append(".*")
        elif character == "_":
            parts.append(".")
        else:
            parts.append(re.escape(character))
    return re.compile("".join(parts), re.DOTALL)


def unicode_like(pattern: str | None, value: str | None, escape: str | None = None) -> bool | None:
    """SQL ``value LIKE pattern ESCAPE escape`` by casefolded comparison; None where either is NULL."""
    if pattern is None or value is None:
        return None
    return _like_pattern(str(pattern), escape).fullmatch(str(value).casefold()) is not None


def teach_unicode(connection: BaseDatabaseWrapper, **kwargs) -> None:
    """Receiver of ``connection_created``: replace LIKE and case functions on a SQLite connection."""
    if connection.vendor != "sqlite":
        return
    database = connection.connection
    database.create_function("like", 2, unicode_like, deterministic=True)
    database.create_function("like", 3, unicode_like, deterministic=True)
    database.create_function(
        "upper", 1, lambda text: None if text is None else str(text).upper(), deterministic=True
    )
    database.create_function(
        "lower", 1, lambda text: None if text is None else str(text).lower(), deterministic=True
    )
