"""What is said to whoever is back from leave: once, what they have missed."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.catching_up import CatchUp, missed_by
from kb.notices.changes import CHANGES
from notifications.extensions import Rendered
from people.viewer import Viewer

LINE = 160


class CatchUpKind:
    """To whoever is back, as long as they have not caught up."""

    name = "kb.catch_up"
    group = CHANGES

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing of an earlier absence, nor once everything is known. Eleven queries."""
        found = missed_by(viewer, at)
        back = found.away.last.isoformat() if found and found.away.last else ""
        said = self._said(found) if found else None
        return [said if item["away_until"] == back else None for item in params]

    def _said(self, found: CatchUp) -> Rendered:
        words = ngettext(
            "While you were away: %(n)s change",
            "While you were away: %(n)s changes",
            len(found.missed),
        )
        titles = "; ".join(one.notice.title for one in found.missed)
        return Rendered(
            title=words % {"n": len(found.missed)},
            line=Truncator(titles).chars(LINE),
            url=reverse("notices"),
            why=_("To you: you were on leave when they were announced"),
            subject=_("What changed while you were away"),
        )


CATCH_UP = CatchUpKind()
