"""Forms of changes: what is said beside a draft, what an article teaches, an answer, a withdrawal."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from competence.choices import Risk
from competence.models import Competence
from kb.addressees import Price, price_of
from kb.announcing import missing_words, refuse_unasked
from kb.choices import Audience, ChangeSize
from kb.models import ArticlePage
from kb.models.changes import WORDS_LENGTH, PendingChange
from kb.models.pages import LatinSlugForm
from kb.refusals import ChangeRefused
from kb.selectors.changes import MOST_CONFIRM_PERCENT, share_to_confirm
from kb.services.changes import describe

SAID = (
    "change_size",
    "change_was",
    "change_now",
    "change_say",
    "change_for_customers",
    "change_waiver",
)


def _words(label, rows: int = 2, **more) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


class ArticleForm(LatinSlugForm):
    """An article with what is said of its change; that belongs to the draft and not to a revision."""

    change_size = forms.ChoiceField(
        label=gettext_lazy("Whom it concerns"),
        choices=ChangeSize.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    change_was = _words(gettext_lazy("Was"))
    change_now = _words(gettext_lazy("Now"))
    change_say = _words(gettext_lazy("Say to the customer"))
    change_for_customers = _words(
        gettext_lazy("What customers read"),
        help_text=gettext_lazy(
            "Stands on the page of news and in its feed once the version is in force, so nothing internal. "
            "Leave empty to tell customers nothing."
        ),
    )
    change_waiver = _words(
        gettext_lazy("Why without a question"),
        help_text=gettext_lazy(
            "Only where the risk is high and no question rests on this version. Your name stands with it."
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        saved = self.instance.pk is not None
        sent = not self.is_bound or "change_size" in self.data
        if not (saved and sent and "change_size" in self.fields):
            # A draft that is not written yet has nothing beside it; a form without the fields says nothing.
            for name in SAID:
                self.fields.pop(name, None)
            return
        self._show_what_was_said()
        self._show_the_price()

    def _show_what_was_said(self) -> None:
        pending = PendingChange.objects.filter(article=self.instance.pk).first()
        self.initial["change_size"] = pending.size if pending else ChangeSize.MINOR
        for name in ("was", "now", "say", "for_customers", "waiver"):
            self.initial[f"change_{name}"] = getattr(pending, name) if pending else ""

    def _show_the_price(self) -> None:
        now = timezone.now()
        price = price_of(self.instance, now)
        self.fields["change_size"].choices = [
            (ChangeSize.MINOR, ChangeSize.MINOR.label),
            (ChangeSize.NOTIFY, _notify_words(price)),
            (ChangeSize.CONFIRM, _confirm_words(price)),
        ]
        share = share_to_confirm(now)
        if share.percent > MOST_CONFIRM_PERCENT:
            self.fields["change_size"].help_text = share.words()
        if not price.needs_a_question:
            self.fields.pop("change_waiver", None)
        if self.instance.audience != Audience.PUBLIC:
            self.fields.pop("change_for_customers", None)

    def clean(self):
        """What people are told is put into words, before it goes to an approver."""
        data = super().clean()
        if "change_size" not in self.fields or self.is_deferred_validation:
            return data
        size = data.get("change_size") or ChangeSize.MINOR
        if size != ChangeSize.MINOR and not (data.get("change_now") or "").strip():
            self.add_error("change_now", missing_words())
        if size == ChangeSize.CONFIRM:
            try:
                refuse_unasked(
                    None,
                    article_uuid=self.instance.uuid,
                    waiver=data.get("change_waiver") or "",
                    now=timezone.now(),
                )
            except ChangeRefused as refusal:
                self.add_error("change_size", str(refusal))
        return data

    def save(self, commit=True):
        """Write the article, and beside it what is said of its change."""
        article = super().save(commit=commit)
        if set(SAID) & set(self.changed_data):
            data = self.cleaned_data
            describe(
                article=ArticlePage.objects.get(pk=article.pk),
                size=data["change_size"] or ChangeSize.MINOR,
                was=data["change_was"],
                now_holds=data["change_now"],
                say=data["change_say"],
                for_customers=data.get("change_for_customers", ""),
                waiver=data.get("change_waiver", ""),
                by=self.for_user,
                now=timezone.now(),
            )
        return article


def _notify_words(price: Price) -> str:
    words = ngettext(
        "Notify: %(n)s person reads of it", "Notify: %(n)s people read of it", price.told
    )
    return words % {"n": price.told}


def _confirm_words(price: Price) -> str:
    if not price.teaches:
        return _("Must be confirmed: nobody, the article teaches no competence")
    words = ngettext(
        "Must be confirmed: interrupts %(n)s person, about %(minutes)s minutes",
        "Must be confirmed: interrupts %(n)s people, about %(minutes)s minutes",
        price.asked,
    )
    return words % {"n": price.asked, "minutes": price.minutes}


class TeachesForm(forms.Form):
    """Which competences an article teaches."""

    competences = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Competences"),
        queryset=Competence.objects.select_related("area"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Whoever needs one of them hears of a change. The risk of the article is the highest of theirs."
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competences"].label_from_instance = lambda one: (
            f"{one.area.name}: {one.name} ({Risk(one.risk).label.lower()})"
        )


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
