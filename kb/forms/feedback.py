"""Forms of feedback: what a reader says, what is answered, that two things are one, that it is not settled."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kb.choices import Reason, TaskState
from kb.models import ContentTask
from kb.models.feedback import WORDS_LENGTH

HELPED = "helped"


def _words(label, **more) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        **more,
    )


class FeedbackForm(forms.Form):
    """What a reader says of the version they read: it helped, or a reason, by the button that was pressed."""

    key = forms.UUIDField()
    number = forms.IntegerField(min_value=1, max_value=10**6, required=False)
    verdict = forms.ChoiceField(choices=[(HELPED, HELPED), *Reason.choices])
    words = _words(_("What exactly?"), required=False)

    @property
    def reason(self) -> str:
        """Why it did not help; nothing if it did."""
        verdict = self.cleaned_data["verdict"]
        return "" if verdict == HELPED else verdict


class AnswerFeedbackForm(forms.Form):
    """What came of it, in words for whoever reported it."""

    state = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)
    words = _words(
        _("Answer"),
        required=False,
        help_text=_("Those who reported it read this, and no one else. Customers get no answer."),
    )

    def __init__(self, *args, newer: int | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (TaskState.ANSWERED.value, _("Answered: the text is right")),
            (TaskState.DROPPED.value, _("Declined: it stays as it is")),
        ]
        if newer is not None:
            done = _("Corrected in version %(number)s") % {"number": newer}
            choices.insert(0, (TaskState.DONE.value, done))
            self.initial.setdefault("state", TaskState.DONE.value)
        self.fields["state"].choices = choices
        self.fields["words"].required = newer is None

    def clean(self):
        """Only a correction speaks for itself."""
        data = super().clean()
        if data.get("state") in (TaskState.ANSWERED, TaskState.DROPPED) and not data.get("words"):
            self.add_error("words", _("Say it in words: whoever reported it will read them."))
        return data


class MergeFeedbackForm(forms.Form):
    """Which one it is the same as."""

    into = forms.ModelChoiceField(label=_("The same as"), queryset=ContentTask.objects.none())

    def __init__(self, *args, alike: list[ContentTask], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].label_from_instance = lambda one: one.said
        self.fields["into"].queryset = ContentTask.objects.filter(pk__in=[one.pk for one in alike])


class ReopenFeedbackForm(forms.Form):
    """What is still wrong."""

    key = forms.UUIDField()
    words = _words(_("What is still wrong?"))
