"""Forms of tasks and outages."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from kb.choices import OPEN_TASK_STATES, Audience
from kb.choosers import PageField
from kb.models import ArticlePage, ContentTask, Incident, SectionPage
from kb.models.tasks import READERS
from kb.services.content_tasks import About
from people.choosers import PersonWidget


def _chooser(model: type) -> PageField:
    return PageField(target_models=[model])


class ContentTaskForm(forms.ModelForm):
    """A task: about one article or one section; without an owner it goes to the owner of what it is about."""

    class Meta:
        model = ContentTask
        fields = [
            "title",
            "kind",
            "article",
            "section",
            "owner",
            "state",
            "due_on",
            "details",
            "outcome",
        ]
        widgets = {
            "article": _chooser(ArticlePage),
            "section": _chooser(SectionPage),
            "owner": PersonWidget,
            "due_on": AdminDateInput,
            "details": forms.Textarea(attrs={"rows": 3}),
            "outcome": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.source == READERS:
            # Closed where readers are answered, so that they hear of it.
            for name in ("state", "outcome"):
                self.fields.pop(name)

    def clean(self):
        """About one thing; and whatever the moments of the row follow from."""
        data = super().clean()
        article, section = data.get("article"), data.get("section")
        if bool(article) == bool(section) and not {"article", "section"} & self.errors.keys():
            self.add_error("article", _("Choose an article or a section, one of them."))
        elif not data.get("owner"):
            data["owner"] = About(article=article, section=section).owner()
        now = timezone.now()
        self.instance.created_at = self.instance.created_at or now
        if data.get("state", self.instance.state) in OPEN_TASK_STATES:
            self.instance.closed_at = None
        else:
            self.instance.closed_at = self.instance.closed_at or now
        return data


class IncidentForm(forms.ModelForm):
    """An outage."""

    class Meta:
        model = Incident
        fields = [
            "line",
            "words",
            "say",
            "audience",
            "teams",
            "starts_at",
            "promised_at",
            "ended_at",
            "article",
            "section",
        ]
        widgets = {
            "words": forms.Textarea(attrs={"rows": 3}),
            "say": forms.Textarea(attrs={"rows": 2}),
            "teams": forms.CheckboxSelectMultiple,
            "starts_at": AdminDateTimeInput,
            "promised_at": AdminDateTimeInput,
            "ended_at": AdminDateTimeInput,
            "article": _chooser(ArticlePage),
            "section": _chooser(SectionPage),
        }

    def clean(self):
        """Chosen teams must be chosen."""
        data = super().clean()
        if data.get("audience") == Audience.TEAMS and not data.get("teams"):
            self.add_error("teams", _("Choose at least one team."))
        return data
