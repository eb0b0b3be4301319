"""Forms of the back office: audience, copying, merging tags."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from kb.choices import OPEN_TASK_STATES, Audience
from kb.choosers import PageField
from kb.models import ArticlePage, ContentTask, Incident, SectionPage, Tag
from kb.services.audience import is_wider
from kb.services.content_tasks import About
from people.choosers import PersonWidget
from people.models import Team


class AudienceForm(forms.Form):
    """Who may read an article. Opening it to more people asks to be confirmed."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read it"), choices=Audience.choices, widget=forms.RadioSelect
    )
    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams"),
        queryset=Team.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("For “Chosen teams” only. Leads of the teams above read it too."),
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy(
            "More people may read it from now on, and I have checked the text for them"
        ),
        required=False,
    )

    def __init__(self, *args, article: ArticlePage, **kwargs) -> None:
        self.article = article
        self.before = list(article.audience_teams.values_list("team_id", flat=True))
        kwargs.setdefault("initial", {"audience": article.audience, "teams": self.before})
        super().__init__(*args, **kwargs)

    def clean(self):
        """Chosen teams must be some; more readers must be meant."""
        cleaned = super().clean()
        audience, teams = cleaned.get("audience"), cleaned.get("teams")
        if audience is None or teams is None:
            return cleaned
        if audience == Audience.TEAMS and not teams:
            self.add_error("teams", _("Choose at least one team."))
            return cleaned
        wider = is_wider(
            audience,
            [team.pk for team in teams],
            than=self.article.audience,
            than_teams=self.before,
        )
        if wider and not cleaned.get("confirmed"):
            self.add_error(
                "confirmed", _("Tick this if more people are meant to read the article.")
            )
        return cleaned


class DraftCopyForm(CopyForm):
    """A copy is a draft of its own: neither published at once, nor an alias."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)


class MergeTagForm(forms.Form):
    """The tag that another one is merged into."""

    target = forms.ModelChoiceField(
        label=gettext_lazy("Merge into"),
        queryset=Tag.objects.none(),
        help_text=gettext_lazy("Its articles keep their tags, and get this one."),
    )

    def __init__(self, *args, source: Tag, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = Tag.objects.exclude(pk=source.pk).order_by("name")


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
        if data.get("state") in OPEN_TASK_STATES:
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


class AnswerForm(forms.Form):
    """An answer to a question, or without one the word that it is understood; with a one-time key."""

    key = forms.UUIDField()
    ref = forms.CharField(max_length=200, required=False)


class WithdrawChangeForm(forms.Form):
    """Why a change is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Editors and leads read it with the change."),
    )
