"""Forms of the back office: audience, copying, merging tags."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.pages import CopyForm

from kb.choices import Audience
from kb.models import ArticlePage, Tag
from kb.services.audience import is_wider
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
