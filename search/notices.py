"""What search tells people: once a week, whoever leads everybody, what was asked (fills ``notifications.kinds``)."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.extensions import Group, Rendered, kinds
from people.selectors import leads_everybody
from people.viewer import Viewer
from search.week import last_whole_week, week_of_questions

QUESTIONS = Group(
    key="search.week",
    label=gettext_lazy("Questions of the week"),
    note=gettext_lazy("Once a week, what was asked most, what rose, what nobody found"),
)
LINE = 160
NAMED = 3


class QuestionsOfTheWeek:
    """To the head of support, for the last whole week, until it is the last no more."""

    name = "search.questions_of_the_week"
    group = QUESTIONS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing of a week before the last, nor to who leads everybody no more. Five queries."""
        monday = last_whole_week(at)
        if not any(item["week"] == monday.isoformat() for item in params):
            return [None] * len(params)
        said = self._said(monday) if leads_everybody(viewer) else None
        return [said if item["week"] == monday.isoformat() else None for item in params]

    def _said(self, monday: datetime.date) -> Rendered | None:
        week = week_of_questions(monday)
        if not week.times:
            return None
        words = ngettext(
            "%(n)s question to the base last week",
            "%(n)s questions to the base last week",
            week.times,
        )
        asked = week.unanswered or week.most
        named = "; ".join(row["query"] for row in asked[:NAMED])
        line = _("Not found: %(queries)s") if week.unanswered else _("Most asked: %(queries)s")
        return Rendered(
            title=words % {"n": week.times},
            line=Truncator(line % {"queries": named}).chars(LINE),
            url=f"{reverse('search_week')}?week={monday.isoformat()}",
            why=_("To you: you lead the whole department"),
            subject=_("Questions of the week"),
        )


QUESTIONS_OF_THE_WEEK = QuestionsOfTheWeek()


def register() -> None:
    """Fill the point."""
    kinds.register(QUESTIONS_OF_THE_WEEK)
