"""Forms of the back office: synonyms, glossary, pins."""

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminDateInput

from kb.choosers import PageField
from kb.models import ArticlePage
from search import analysis
from search.models import Direction, GlossaryEntry, Origin, PinnedResult, SynonymSet
from search.models.synonyms import lines
from search.thesaurus import phrase

MOST_LINES = 50
FEW_ROWS = {"rows": 4}


def _cleaned_lines(form: forms.ModelForm, name: str) -> str:
    found = lines(form.cleaned_data.get(name, ""))
    if len(found) > MOST_LINES:
        raise forms.ValidationError(_("At most %(n)s lines.") % {"n": MOST_LINES})
    for line in found:
        if not phrase(line).terms:
            raise forms.ValidationError(
                _("“%(line)s” holds no word to search for.") % {"line": line}
            )
    return "\n".join(found)


class SynonymSetForm(forms.ModelForm):
    """Words of one meaning, or words that lead to others."""

    class Meta:
        model = SynonymSet
        fields = ["words", "direction", "meanings", "language", "active"]
        widgets = {
            "words": forms.Textarea(attrs=FEW_ROWS),
            "meanings": forms.Textarea(attrs=FEW_ROWS),
            "direction": forms.RadioSelect,
        }

    def clean_words(self) -> str:
        """One a line, none twice."""
        return _cleaned_lines(self, "words")

    def clean_meanings(self) -> str:
        """One a line, none twice."""
        return _cleaned_lines(self, "meanings")

    def clean(self):
        """Both ways: at least two words. One way: where it leads."""
        data = super().clean()
        words, meanings = data.get("words"), data.get("meanings")
        if words is None or meanings is None:
            return data
        if data.get("direction") == Direction.ONE_WAY and not meanings:
            self.add_error("meanings", _("Say what these words find."))
        if data.get("direction") == Direction.BOTH:
            data["meanings"] = ""
            if "\n" not in words:
                self.add_error("words", _("Write at least two words, one a line."))
        return data


class GlossaryEntryForm(forms.ModelForm):
    """A pair of words. Of a learned one only whether it is in use."""

    class Meta:
        model = GlossaryEntry
        fields = ["russian", "english", "active"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.origin == Origin.LEARNED and self.instance.pk:
            for name in ("russian", "english"):
                self.fields[name].disabled = True

    def clean_russian(self) -> str:
        """One Russian word."""
        word = self.cleaned_data["russian"].strip()
        if not analysis.RUSSIAN_WORD.fullmatch(analysis.fold(word)):
            raise forms.ValidationError(_("One Russian word. For phrases there are synonyms."))
        return word

    def clean_english(self) -> str:
        """One English word."""
        word = self.cleaned_data["english"].strip()
        if len(analysis.words(word)) != 1 or not analysis.LATIN.search(analysis.fold(word)):
            raise forms.ValidationError(_("One English word. For phrases there are synonyms."))
        return word

    def clean(self):
        """Said here before the database does: the pair is there already."""
        data = super().clean()
        if {"russian", "english"} <= data.keys():
            same = GlossaryEntry.objects.filter(
                russian_term=analysis.term(analysis.fold(data["russian"])),
                english_term=analysis.term(analysis.fold(data["english"])),
            ).exclude(pk=self.instance.pk)
            if same.exists():
                self.add_error("english", _("This pair is in the glossary already."))
        return data


class PinnedResultForm(forms.ModelForm):
    """An article on top of some questions."""

    class Meta:
        model = PinnedResult
        fields = ["questions", "article", "team", "starts_on", "ends_on"]
        widgets = {
            "questions": forms.Textarea(attrs=FEW_ROWS),
            "article": PageField(target_models=[ArticlePage]),
            "starts_on": AdminDateInput,
            "ends_on": AdminDateInput,
        }

    def clean_questions(self) -> str:
        """One a line, none twice."""
        return _cleaned_lines(self, "questions")
