"""The report on questions: which are weak, and why."""

import django_filters
from django.db.models import Case, F, IntegerField, Value, When
from django.forms import RadioSelect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from certification.choices import CohortKind
from certification.models import ItemStatistic
from certification.rules.items import Weakness
from certification.selectors.items import cohort_choices
from certification.templatetags.certification import coefficient, duration, percent
from certification.wording import WEAKNESS_NAMES, flag_words, kind_choices, not_enough_words
from competence.models import Competence

WEAK, SOUND, UNKNOWN, ALL_VERSIONS = "weak", "sound", "unknown", "all"


class ItemsFilterSet(WagtailFilterSet):
    """What is the matter, whose answers, and which questions."""

    matter = django_filters.ChoiceFilter(
        label=_("What is the matter"),
        choices=lambda: [
            (WEAK, _("any weakness")),
            *((one.value, WEAKNESS_NAMES[one]) for one in Weakness),
            (SOUND, _("nothing")),
            (UNKNOWN, _("not enough data")),
        ],
        method="filter_matter",
    )
    cohort = django_filters.ChoiceFilter(
        label=_("Whose answers"),
        choices=cohort_choices,
        method="filter_cohort",
        empty_label=_("Everybody's"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), field_name="version__kind", choices=kind_choices
    )
    competence = django_filters.ModelChoiceFilter(
        label=_("Competence"),
        field_name="version__question__competence",
        queryset=Competence.objects.all(),
    )
    versions = django_filters.ChoiceFilter(
        label=_("Versions"),
        choices=[(ALL_VERSIONS, _("Earlier ones too"))],
        method="filter_versions",
        widget=RadioSelect,
        empty_label=_("As asked now"),
    )

    class Meta:
        model = ItemStatistic
        fields = ["matter", "cohort", "kind", "competence", "versions"]

    def filter_queryset(self, queryset):
        """Without a cohort the answers of everybody; without a word, versions that are asked now."""
        rows = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("cohort"):
            rows = rows.filter(cohort_kind=CohortKind.ALL)
        if not self.form.cleaned_data.get("versions"):
            rows = rows.filter(version__sha256=F("version__question__content_sha256"))
        return rows

    def filter_matter(self, rows, _name, value):
        """The weak ones, those with one weakness, those without any, or those of which nothing can be said."""
        if value == UNKNOWN:
            return rows.filter(facility=None)
        if value == SOUND:
            return rows.filter(facility__isnull=False, weaknesses="")
        if value == WEAK:
            return rows.exclude(weaknesses="")
        return rows.filter(weaknesses__contains=value)

    def filter_cohort(self, rows, _name, value):
        """The figures of one team, position or half-year."""
        kind, _colon, key = value.partition(":")
        return rows.filter(cohort_kind=kind, cohort=key)

    def filter_versions(self, rows, _name, _value):
        """All of them: nothing is left out."""
        return rows


def _statistics_address(row: ItemStatistic) -> str | None:
    if row.version.question_id is None:
        return None
    return reverse(
        "wagtailsnippets_certification_question:statistics", args=[row.version.question_id]
    )


def why_words(row: ItemStatistic) -> str:
    """What is the matter with a question, in plain words."""
    if row.facility is None:
        return not_enough_words(row.people)
    return " ".join(flag_words(flag) for flag in row.flagged)


def short_words(row: ItemStatistic) -> str:
    """What is the matter with a question, in a few words."""
    if row.facility is None:
        return not_enough_words(row.people)
    return "; ".join(dict.fromkeys(str(WEAKNESS_NAMES[flag.weakness]) for flag in row.flagged))


class FiguresColumn(Column):
    """A figure written as people read it."""

    def __init__(self, name, *, words, **kwargs):
        super().__init__(name, **kwargs)
        self.words = words

    def get_value(self, row):
        """The words for one row; a dash where too few people answered."""
        return "–" if row.facility is None and self.name != "why" else self.words(row)


class ItemsReportView(ReportView):
    """A row for each question that people answered, the weak ones first."""

    model = ItemStatistic
    page_title = _("Questions by their answers")
    header_icon = "help"
    filterset_class = ItemsFilterSet
    any_permission_required = ["view"]
    index_url_name = "certification_items"
    index_results_url_name = "certification_items_results"
    columns = [
        TitleColumn(
            "question", label=_("Question"), accessor="version", get_url=_statistics_address
        ),
        Column("competence", label=_("Competence"), accessor="version.question.competence"),
        Column("people", label=_("People")),
        FiguresColumn("facility", label=_("Facility"), words=lambda row: percent(row.facility)),
        FiguresColumn(
            "discrimination",
            label=_("Discrimination"),
            words=lambda row: coefficient(row.discrimination, row.people),
        ),
        FiguresColumn("seconds", label=_("Median time"), words=lambda row: duration(row.seconds)),
        FiguresColumn("why", label=_("What is the matter"), words=short_words),
    ]
    export_headings = {
        "question": _("Question"),
        "kind": _("Kind"),
        "competence": _("Competence"),
        "people": _("People"),
        "facility": _("Facility"),
        "discrimination": _("Discrimination"),
        "seconds": _("Median time, seconds"),
        "why": _("What is the matter"),
    }
    list_export = tuple(export_headings)

    def to_row_dict(self, item):
        """A row of the spreadsheet: figures as numbers, the rest in words."""
        question = item.version.question
        return {
            "question": item.version.text,
            "kind": item.version.get_kind_display(),
            "competence": str(question.competence or "") if question else "",
            "people": item.people,
            "facility": item.facility,
            "discrimination": item.discrimination,
            "seconds": item.seconds,
            "why": why_words(item),
        }

    def get_queryset(self):
        """The weak ones first, the hardest of them before the others."""
        self.queryset = (
            ItemStatistic.objects.select_related("version__question__competence")
            .annotate(
                place=Case(
                    When(facility=None, then=Value(2)),
                    When(weaknesses="", then=Value(1)),
                    default=Value(0),
                    output_field=IntegerField(),
                )
            )
            .order_by("place", "facility", "version_id", "pk")
        )
        return super().get_queryset()

    def order_queryset(self, queryset):
        """The order is that of ``get_queryset``."""
        return queryset
