"""Typed readers of the environment. Unset means the default; set but wrong means one clear sentence."""

import os
import stat
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import get_random_string

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def env_text(name: str, default: str = "") -> str:
    """The text of ``name``; an empty value counts as unset."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    """A yes or no. Raises ImproperlyConfigured for anything else."""
    value = env_text(name).lower()
    if not value:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no; write 1 or 0.")


def env_int(name: str, default: int, *, minimum: int = 0, maximum: int = 2**31) -> int:
    """A whole number within bounds. Raises ImproperlyConfigured for anything else."""
    value = env_text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None
    if not minimum <= number <= maximum:
        raise ImproperlyConfigured(f"{name}={number} is outside {minimum} to {maximum}.")
    return number


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of ``choices``. Raises ImproperlyConfigured for anything else."""
    value = env_text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(
            f"{name}={value!r} is unknown; choose one of {', '.join(choices)}."
        )
    return value


def env_list(name: str, default: list[str]) -> list[str]:
    """A comma-separated list, blanks dropped."""
    value = env_text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default


def env_url(name: str, default: str, *, schemes: tuple[str, ...]) -> str:
    """An address with one of ``schemes``. Raises ImproperlyConfigured for anything else."""
    value = env_text(name, default)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not an address that can be read.") from None
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} must start with {' or '.join(s + '://' for s in schemes)}."
        )
    return value


def env_zone(name: str, default: str) -> str:
    """The name of a time zone. Raises ImproperlyConfigured for anything else."""
    value = env_text(name, default)
    if value not in available_timezones():
        raise ImproperlyConfigured(
            f"{name}={value!r} is not a time zone; write one like Europe/Moscow."
        )
    return value


def env_directory(name: str, default: Path) -> Path:
    """A directory that exists or can be made, and that we may write to. Else ImproperlyConfigured."""
    path = Path(env_text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={path} cannot be used: {error.strerror}.") from None
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name}={path} is not writable.")
    return path


def secret_key(name: str, *, kept_in: Path, required: bool) -> str:
    """The signing key: from the environment, else made once and kept in a file only we can read.

    Raises ImproperlyConfigured if it is required from the environment and missing, or too short.
    """
    value = env_text(name)
    if value:
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} is shorter than 32 characters.")
        return value
    if required:
        raise ImproperlyConfigured(f"{name} is not set; the scale profile needs one.")
    if not kept_in.exists():
        descriptor = os.open(
            kept_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR
        )
        with os.fdopen(descriptor, "w") as file:
            file.write(get_random_string(64))
    return kept_in.read_text().strip()
