"""The guided script among the blocks of a body: what an author fills in, checked as a whole."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks import ListBlockValidationError, StructBlockValidationError, StructValue

from kb.choices import ScriptOutcome
from kb.guided import MOST_STEPS, Choice, Outcome, Problem, Script, Step


class ChoiceBlock(blocks.StructBlock):
    """An answer of the customer."""

    label = blocks.CharBlock(label=gettext_lazy("Answer"), max_length=80)
    leads_to = blocks.CharBlock(label=gettext_lazy("Leads to the step"), max_length=60)

    class Meta:
        icon = "arrow-right"


class StepBlock(blocks.StructBlock):
    """One step of the conversation."""

    name = blocks.CharBlock(label=gettext_lazy("Name of the step"), max_length=60)
    text = blocks.RichTextBlock(
        label=gettext_lazy("What to find out or do"),
        features=["bold", "italic", "code", "link", "document-link", "ul", "ol"],
    )
    say = blocks.TextBlock(
        label=gettext_lazy("What to say to the customer"), required=False, rows=2
    )
    choices = blocks.ListBlock(
        ChoiceBlock(), label=gettext_lazy("Answers"), default=[], max_num=9, min_num=0
    )
    outcome = blocks.ChoiceBlock(
        label=gettext_lazy("Or the end"), choices=ScriptOutcome.choices, required=False
    )

    class Meta:
        icon = "help"
        label = gettext_lazy("Step")


class ScriptValue(StructValue):
    """A script as an author filled it in."""

    @property
    def script(self) -> Script:
        """Its way, without the words."""
        return Script(
            tuple(
                Step(
                    name=step["name"],
                    choices=tuple(
                        Choice(each["label"], each["leads_to"]) for each in step["choices"]
                    ),
                    outcome=Outcome(step["outcome"]) if step["outcome"] else None,
                )
                for step in self["steps"]
            )
        )

    def words_of(self, step: Step) -> StructValue:
        """What the author wrote for ``step``."""
        place = self.script.steps.index(step)
        return self["steps"][place]


class ScriptBlock(blocks.StructBlock):
    """A conversation that an operator walks through during a call, answer by answer."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    steps = blocks.ListBlock(
        StepBlock(),
        label=gettext_lazy("Steps"),
        min_num=1,
        max_num=MOST_STEPS,
        help_text=gettext_lazy("It begins with the first step; every way has to end somewhere."),
    )

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Guided script")
        template = "kb/blocks/script.html"
        value_class = ScriptValue

    def clean(self, value):
        """The script, if nobody can get lost in it; else what is wrong, at the very step."""
        cleaned = super().clean(value)
        problems = cleaned.script.problems()
        if not problems:
            return cleaned
        by_step: dict[int, list[str]] = {}
        for problem in problems:
            by_step.setdefault(problem.step, []).append(_words(problem))
        errors = {place: ValidationError(words) for place, words in by_step.items()}
        raise StructBlockValidationError(
            block_errors={"steps": ListBlockValidationError(block_errors=errors)}
        )


def _words(problem: Problem) -> str:
    words = {
        "name_taken": _("Another step is called “%(name)s” too."),
        "end_with_answers": _("“%(name)s” has answers and an end: keep one of them."),
        "dead_end": _("“%(name)s” leads nowhere: give it answers, or an end."),
        "leads_nowhere": _("No step is called “%(name)s”."),
        "goes_in_circles": _("An answer leads back to “%(name)s”: nobody would come to an end."),
        "never_reached": _("No answer leads to “%(name)s”."),
    }
    return words[problem.kind] % {"name": problem.name}
