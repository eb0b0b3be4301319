"""Forms of sessions: scheduling and changing, inviting, calling off."""

import datetime
import uuid
from collections.abc import Collection
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.widgets import DayInput, TimeInput
from competence.models import Competence
from courses.choices import SessionKind, Usefulness
from courses.models import Programme, TheorySession
from courses.selectors.sessions import OnRoll, article_called
from courses.services.scheduling import SessionDraft
from kb.models import ArticlePage
from people.models import Employee, Team
from people.roles import Role, group_name
from people.viewer import Viewer

MOST_MATERIALS = 20


class SessionForm(forms.Form):
    """What takes place, when and where. Times are those of the site's zone."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind.choices)
    trainer = forms.ModelChoiceField(Employee.objects.none(), label=_("Trainer"), empty_label=None)
    day = forms.DateField(label=_("Day"), widget=DayInput)
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720, initial=60)
    until = forms.DateField(
        label=_("Every week until"),
        required=False,
        widget=DayInput,
        help_text=_("Left empty, it takes place once."),
    )
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    link = forms.URLField(label=_("Link to the call"), required=False, assume_scheme="https")
    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Who is invited beyond that waits, and moves up when somebody cannot come."),
    )
    article = forms.CharField(
        label=_("Article it is about"),
        max_length=300,
        required=False,
        help_text=_("Its title or address. A case review has one."),
    )
    materials = forms.CharField(
        label=_("Other articles to read"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Titles or addresses, one on a line."),
    )
    about = forms.CharField(
        label=_("What to bring and to know"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    competences = forms.ModelMultipleChoiceField(
        Competence.objects.none(),
        label=_("Competences"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who was there counts as learning these. Being there gives no level."),
    )

    def __init__(
        self,
        *args,
        viewer: Viewer,
        chooses_trainer: bool,
        session: TheorySession | None = None,
        **kwargs,
    ) -> None:
        self._viewer = viewer
        self._hidden = _HiddenArticles(session, viewer)
        super().__init__(*args, initial=_initial(session, self._hidden), **kwargs)
        own = Employee.objects.filter(pk__in=[viewer.employee_id or 0])
        self._trainer = session.trainer if session else own.first()
        self.fields["begins"].help_text = gettext("Time of %(zone)s.") % {
            "zone": settings.TIME_ZONE
        }
        self.fields["competences"].queryset = Competence.objects.order_by("area__order", "name")
        if chooses_trainer:
            trainers = Employee.objects.working_on(timezone.localdate()).filter(
                user__groups__name__in=[group_name(Role.TRAINER), group_name(Role.LEAD)]
            )
            kept = Employee.objects.filter(pk__in=[self._trainer.pk] if self._trainer else [])
            self.fields["trainer"].queryset = (
                (trainers | own | kept).distinct().order_by("full_name")
            )
            self.fields["trainer"].initial = self._trainer
        else:
            del self.fields["trainer"]
        if session is not None:
            del self.fields["until"]

    def clean_article(self):
        """The article, if there is one by that name for who schedules."""
        words = self.cleaned_data["article"].strip()
        return self._found(words) if words else None

    def clean_materials(self):
        """The articles, each once."""
        lines = [line.strip() for line in self.cleaned_data["materials"].splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line))
        if len(lines) > MOST_MATERIALS:
            raise forms.ValidationError(_("Twenty articles at most."))
        return [self._found(line) for line in lines]

    def _found(self, words: str):
        found = article_called(words, self._viewer, timezone.now())
        if found is None:
            raise forms.ValidationError(
                _("There is no article “%(words)s”, or it is not for you.") % {"words": words}
            )
        return found

    @property
    def draft(self) -> SessionDraft:
        """What was said, as the service wants it."""
        said = self.cleaned_data
        zone = ZoneInfo(settings.TIME_ZONE)
        start = datetime.datetime.combine(said["day"], said["begins"], zone)
        start = start.astimezone(datetime.UTC)
        return SessionDraft(
            title=said["title"],
            kind=SessionKind(said["kind"]),
            trainer=said.get("trainer") or self._trainer,
            starts_at=start,
            ends_at=start + datetime.timedelta(minutes=said["minutes"]),
            room=said["room"],
            link=said["link"],
            capacity=said["capacity"],
            about=said["about"],
            article=said["article"] or self._hidden.article,
            materials=[*said["materials"], *self._hidden.materials],
            competences=list(said["competences"]),
        )


class _HiddenArticles:
    """The articles of a session that whoever changes it may not see: they are not named, and they stay."""

    def __init__(self, session: TheorySession | None, viewer: Viewer) -> None:
        self.article, self.materials, self.shown = None, [], []
        if session is None:
            return
        rows = list(session.materials.defer("body"))
        own = [session.article_id] if session.article_id else []
        seen = ArticlePage.objects.visible_to(viewer, timezone.now())
        ids = set(
            seen.filter(pk__in=[*own, *(row.pk for row in rows)]).values_list("pk", flat=True)
        )
        self.article = session.article if own and own[0] not in ids else None
        self.materials = [row for row in rows if row.pk not in ids]
        self.shown = [row.title for row in rows if row.pk in ids]


def _initial(session: TheorySession | None, hidden: _HiddenArticles) -> dict:
    if session is None:
        return {"key": uuid.uuid4()}
    start = session.starts_at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return {
        "key": session.series,
        "title": session.title,
        "kind": session.kind,
        "day": start.date(),
        "begins": start.time(),
        "minutes": (session.ends_at - session.starts_at) // datetime.timedelta(minutes=1),
        "room": session.room,
        "link": session.link,
        "capacity": session.capacity,
        "article": session.article.title if session.article and not hidden.article else "",
        "materials": "\n".join(hidden.shown),
        "about": session.about,
        "competences": list(session.competences.all()),
    }


class WhomForm(forms.Form):
    """Whom to look for: a programme, a team, a name."""

    programme = forms.ModelChoiceField(
        Programme.objects.order_by("name"),
        label=_("On the programme"),
        required=False,
        empty_label=_("any or none"),
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, empty_label=_("any")
    )
    name = forms.CharField(label=_("Name"), max_length=100, required=False)

    def __init__(self, *args, teams, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams


class InviteForm(forms.Form):
    """Who of those found."""

    people = forms.ModelMultipleChoiceField(
        Employee.objects.none(),
        label=_("People"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )
    later_too = forms.BooleanField(
        label=_("To the later ones of the series as well"), required=False
    )

    def __init__(self, *args, people, ticked: bool, in_series: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if ticked and not self.is_bound:
            self.initial["people"] = [person.pk for person in people]
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = lambda person: person.full_name
        if not in_series:
            del self.fields["later_too"]


class AnswerForm(forms.Form):
    """Whether one comes."""

    comes = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class AttendanceForm(forms.Form):
    """Who of those on the roll is there; nobody may be."""

    present = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, roll: Collection[OnRoll], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(one.employee.pk, "") for one in roll]

    @property
    def there(self) -> set[int]:
        """Their ids."""
        return set(self.cleaned_data["present"])


class OpinionForm(forms.Form):
    """How a session was."""

    useful = forms.TypedChoiceField(
        label=_("For your work it was"),
        coerce=int,
        choices=Usefulness.choices,
        widget=forms.RadioSelect,
    )
    unclear = forms.CharField(
        label=_("What stayed unclear"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CancelForm(forms.Form):
    """Calling a session off."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody who is invited reads it."),
    )
