"""The named values of a JSONL row or of front matter, checked and brought into one form. Pure."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from kb.choices import Audience, Kind, Risk
from kb.importing.documents import RowRefused
from kb.sanitising import without_control

MAX_TITLE = 255
MAX_SOURCE_ID = 255
MAX_LEVELS = 10
MAX_TAGS = 50
MAX_REVIEW_DAYS = 3650
LANGUAGE = re.compile(r"^([a-z]{2})(?:[-_][A-Za-z]{2,4})?$")


class Fields:
    """The values of one document; every method gives one of them or raises RowRefused."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self.notes: list[str] = []

    def text(self, name: str, *, most: int | None = None) -> str:
        """A text on one line, "" where it is missing."""
        value = self._values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise RowRefused(_("“%(name)s” must be text.") % {"name": name})
        text = " ".join(without_control(str(value)).split())
        if most and len(text) > most:
            self.notes.append(
                _("“%(name)s” was cut to %(most)d characters.") % {"name": name, "most": most}
            )
            text = text[: most - 1].rstrip() + "…"
        return text

    def source_id(self, fallback: str = "") -> str:
        """The id that a second run recognises the document by."""
        source_id = self.text("id") or fallback
        if not source_id:
            raise RowRefused(_("“id” is missing."))
        if len(source_id) > MAX_SOURCE_ID:
            raise RowRefused(_("“id” is longer than %(n)d characters.") % {"n": MAX_SOURCE_ID})
        return source_id

    def title(self, fallback: str = "") -> str:
        """The title."""
        title = self.text("title", most=MAX_TITLE) or fallback[:MAX_TITLE]
        if not title:
            raise RowRefused(_("“title” is missing."))
        return title

    def section(self) -> tuple[str, ...]:
        """The titles of the sections from the root down: a list, or one text with " / " between them."""
        value = self._values.get("section")
        if value is None or value == "":
            return ()
        if isinstance(value, str):
            value = value.split(" / ")
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise RowRefused(_("“section” must be a list of titles."))
        titles = [" ".join(without_control(item).split())[:MAX_TITLE] for item in value]
        titles = [title for title in titles if title]
        if len(titles) > MAX_LEVELS:
            raise RowRefused(_("More than %(n)d levels of sections.") % {"n": MAX_LEVELS})
        return tuple(titles)

    def texts(self, name: str, *, most: int) -> tuple[str, ...]:
        """A list of texts, or one text with commas between them."""
        value = self._values.get(name)
        if value is None or value == "":
            return ()
        if isinstance(value, str):
            value = value.split(",")
        if not isinstance(value, list) or any(isinstance(item, list | dict) for item in value):
            raise RowRefused(_("“%(name)s” must be a list.") % {"name": name})
        texts = [" ".join(without_control(str(item)).split()) for item in value if item is not None]
        if len(texts) > most:
            raise RowRefused(
                _("“%(name)s” has more than %(n)d entries.") % {"name": name, "n": most}
            )
        return tuple(dict.fromkeys(text for text in texts if text))

    def lines(self, name: str) -> tuple[str, ...]:
        """A list of texts exactly as they are."""
        value = self._values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise RowRefused(_("“%(name)s” must be a list.") % {"name": name})
        return tuple(value)

    def language(self, *names: str) -> str | None:
        """A language code; a region behind it does not matter. None where it is missing."""
        for name in names:
            value = self.text(name)
            if value:
                match = LANGUAGE.match(value)
                if not match:
                    raise RowRefused(_("Unknown language “%(value)s”.") % {"value": value[:40]})
                return match[1]
        return None

    def choice(self, name: str, choices: Any) -> str | None:
        """One of a closed vocabulary, None where it is missing."""
        value = self.text(name)
        if not value:
            return None
        if value not in choices.values:
            raise RowRefused(
                _("Unknown %(name)s “%(value)s”; known: %(known)s.")
                % {"name": name, "value": value[:40], "known": ", ".join(choices.values)}
            )
        return value

    def audience(self) -> str | None:
        """Who the source says it is for. Chosen teams cannot be named in a file."""
        audience = self.choice("audience", Audience)
        if audience == Audience.TEAMS:
            raise RowRefused(
                _("The audience “teams” cannot be imported: choose the teams in the editor.")
            )
        return audience

    def kind(self) -> str | None:
        """What sort of text it is."""
        return self.choice("kind", Kind)

    def risk(self) -> str | None:
        """What a wrong answer costs."""
        return self.choice("risk", Risk)

    def days(self, name: str) -> int | None:
        """A number of days."""
        value = self._values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not str(value).isdecimal():
            raise RowRefused(_("“%(name)s” must be a whole number of days.") % {"name": name})
        if not 0 < int(value) <= MAX_REVIEW_DAYS:
            raise RowRefused(
                _("“%(name)s” must be from 1 to %(n)d days.") % {"name": name, "n": MAX_REVIEW_DAYS}
            )
        return int(value)

    def answer(self) -> str | None:
        """The short answer; "" where the source says there is none, None where it says nothing."""
        if self._values.get("answer") is None:
            return None
        return self.text("answer", most=2000)

    def https_address(self, *names: str) -> str:
        """The public address it was taken from; "" where none, or none that may be shown, is given."""
        for name in names:
            value = self.text(name)
            parts = urlsplit(value)
            if parts.scheme == "https" and parts.hostname and "." in parts.hostname:
                return value if len(value) <= 500 else ""
        return ""

    def attribution(self) -> str:
        """Whom the text comes from: as given, else the repository and the path in it."""
        given = self.text("attribution", most=255)
        if given:
            return given
        repository, path = self.text("repo"), self.text("path")
        return ": ".join(part for part in (repository, path) if part)[:255]
