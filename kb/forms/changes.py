"""Forms of changes: what is said beside a draft, what an article teaches, an answer, a withdrawal."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.widgets import AdminDateTimeInput

from competence.choices import Risk
from competence.models import Competence
from kb.addressees import Price, price_of
from kb.announcing import missing_words, refuse_unasked
from kb.choices import Audience, ChangeSize
from kb.models import ArticlePage, ChangePackage
from kb.models.changes import WORDS_LENGTH, PendingChange
from kb.models.pages import LatinSlugForm
from kb.refusals import ChangeRefused
from kb.selectors.progress import MOST_CONFIRM_PERCENT, share_to_confirm
from kb.services.changes import describe
from kb.services.packages import join_package, leave_package, write_package

SAID = (
    "change_package",
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
    change_package = forms.ModelChoiceField(
        label=gettext_lazy("Change package"),
        queryset=ChangePackage.objects.none(),
        required=False,
        empty_label=gettext_lazy("none: a change of its own"),
        help_text=gettext_lazy(
            "One change of the product that touches several articles. Its words and its moment hold for each of them."
        ),
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
        pending = (
            PendingChange.objects.filter(article=self.instance.pk).select_related("package").first()
        )
        self._show_packages(pending)
        self.initial["change_size"] = pending.size if pending else ChangeSize.MINOR
        for name in ("was", "now", "say", "for_customers", "waiver"):
            self.initial[f"change_{name}"] = getattr(pending, name) if pending else ""

    def _show_packages(self, pending: PendingChange | None) -> None:
        """Those one can join; while the draft is in one, its words are read here and written there."""
        joined = pending.package if pending else None
        packages = ChangePackage.objects.open(timezone.now())
        if joined is not None:
            packages = ChangePackage.objects.filter(pk=joined.pk) | packages
            self.initial["change_package"] = joined.pk
            for name in SAID[1:]:
                if name in self.fields:
                    self.fields[name].disabled = True
        if packages.exists():
            self.fields["change_package"].queryset = packages
        else:
            self.fields.pop("change_package")

    def _show_the_price(self) -> None:
        now = timezone.now()
        price = price_of([self.instance], now)
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
        package = data.get("change_package")
        size = package.size if package else data.get("change_size") or ChangeSize.MINOR
        if (
            package is None
            and size != ChangeSize.MINOR
            and not (data.get("change_now") or "").strip()
        ):
            self.add_error("change_now", missing_words())
        if size == ChangeSize.CONFIRM:
            try:
                refuse_unasked(
                    None,
                    article_uuid=self.instance.uuid,
                    waiver=package.waiver if package else data.get("change_waiver") or "",
                    now=timezone.now(),
                )
            except ChangeRefused as refusal:
                self.add_error("change_package" if package else "change_size", str(refusal))
        return data

    def save(self, commit=True):
        """Write the article, and beside it what is said of its change."""
        article = super().save(commit=commit)
        if set(SAID) & set(self.changed_data):
            data, now = self.cleaned_data, timezone.now()
            said_of = ArticlePage.objects.get(pk=article.pk)
            package = data.get("change_package")
            if package is not None:
                join_package(article=said_of, package=package, by=self.for_user, now=now)
                return article
            if "change_package" in self.changed_data:
                leave_package(article=said_of, by=self.for_user, now=now)
                return article
            describe(
                article=said_of,
                size=data["change_size"] or ChangeSize.MINOR,
                was=data["change_was"],
                now_holds=data["change_now"],
                say=data["change_say"],
                for_customers=data.get("change_for_customers", ""),
                waiver=data.get("change_waiver", ""),
                by=self.for_user,
                now=now,
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


class PackageForm(forms.ModelForm):
    """A change package: what is said of it, and its moment."""

    class Meta:
        model = ChangePackage
        fields = ["title", "size", "was", "now", "say", "waiver", "effective_at"]
        widgets = {
            "size": forms.RadioSelect,
            **{name: forms.Textarea(attrs={"rows": 2}) for name in ("was", "now", "say", "waiver")},
            "effective_at": AdminDateTimeInput,
        }

    def __init__(self, *args, for_user=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        if self.instance.pk is not None:
            self._show_the_price()

    def _show_the_price(self) -> None:
        """Whom all its articles together would interrupt, each person once."""
        articles = [one.article for one in self.instance.drafts.select_related("article")]
        if not articles:
            return
        price = price_of(articles, timezone.now())
        names = "; ".join(article.title for article in articles)
        words = _notify_words(price), _confirm_words(price)
        self.fields["size"].choices = list(
            zip([ChangeSize.NOTIFY, ChangeSize.CONFIRM], words, strict=True)
        )
        self.fields["size"].help_text = _("Its articles: %(names)s") % {"names": names}

    def clean_effective_at(self):
        """Ahead: each of its articles is approved first."""
        moment = self.cleaned_data["effective_at"]
        if moment <= timezone.now():
            raise forms.ValidationError(
                _("The moment must lie ahead: each of its articles is approved first.")
            )
        return moment

    def save(self, commit=True):
        """Write it, and say it beside each of its drafts."""
        package = super().save(commit=False)
        return write_package(package=package, by=self.for_user, now=timezone.now())


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
