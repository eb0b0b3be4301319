"""Panels of the editor that are no fields."""

from typing import Any

from wagtail.admin.panels import Panel

from kb.extensions import questions_about
from kb.starters import STARTED


class StartersPanel(Panel):
    """What a new article may begin with: its kinds, each a link that fills the body in."""

    class BoundPanel(Panel.BoundPanel):
        """The panel in one editor."""

        template_name = "kb/back_office/starters_panel.html"

        def is_shown(self) -> bool:
            """While nothing is saved."""
            return self.instance.pk is None

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            """The kinds, and which one was chosen."""
            context = super().get_context_data(parent_context)
            chosen = self.request.GET.get("like", "")
            return context | {
                "kinds": [(kind.value, kind.label) for kind in STARTED],
                "chosen": chosen,
            }


class QuestionsPanel(Panel):
    """The questions that rest on the article: still true for the text as it is saved, or to be rewritten.

    What is ticked is confirmed with the next save (``kb.wagtail_hooks``).
    """

    class BoundPanel(Panel.BoundPanel):
        """The panel in one editor."""

        template_name = "kb/back_office/questions_panel.html"

        def is_shown(self) -> bool:
            """Once there is a draft."""
            return self.instance.pk is not None

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            """The questions, those that wait first."""
            questions = questions_about(self.instance, self.request.user)
            context = super().get_context_data(parent_context)
            return context | {
                "questions": questions,
                "waiting": sum(not one.is_confirmed for one in questions),
            }
