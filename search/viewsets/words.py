"""What editors tell search: synonyms, glossary, pinned results."""

from django.contrib.admin.utils import quote
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from search.forms import GlossaryEntryForm, PinnedResultForm, SynonymSetForm
from search.models import GlossaryEntry, PinnedResult, SynonymSet
from search.models.synonyms import lines
from search.views.glossary import switch


class SwitchColumn(Column):
    """On or off, and the button that turns it."""

    cell_template_name = "search/back_office/switch_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """With the address that turns it."""
        context = super().get_cell_context_data(instance, parent_context)
        context["action"] = reverse("search_glossary:switch", args=[quote(instance.pk)])
        context["request"] = parent_context["request"]
        return context


class SynonymIndexView(generic.IndexView):
    """Sets of synonyms."""

    add_item_label = _("New synonyms")


class SynonymSetViewSet(ModelViewSet):
    """Synonyms."""

    model = SynonymSet
    name = "search_synonyms"
    url_prefix = "search-words/synonyms"
    icon = "list-ul"
    menu_label = _("Synonyms")
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = SynonymIndexView
    search_fields = ("words", "meanings")
    search_backend_name = None
    list_per_page = 100
    list_filter = ("direction", "language", "active")
    list_display = [
        TitleColumn("words", label=_("Words"), accessor=str, url_name="search_synonyms:edit"),
        Column("language", label=_("Language"), accessor="get_language_display"),
        BooleanColumn("active", label=_("In use")),
    ]

    def get_form_class(self, for_update=False):
        return SynonymSetForm


class GlossaryIndexView(generic.IndexView):
    """Pairs of words."""

    add_item_label = _("New entry")


class GlossaryViewSet(ModelViewSet):
    """The glossary, learned and added."""

    model = GlossaryEntry
    name = "search_glossary"
    url_prefix = "search-words/glossary"
    icon = "site"
    menu_label = _("Glossary")
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = GlossaryIndexView
    search_fields = ("russian", "english")
    search_backend_name = None
    list_per_page = 100
    list_filter = ("origin", "active")
    list_display = [
        TitleColumn(
            "russian", label=_("Russian"), url_name="search_glossary:edit", sort_key="russian"
        ),
        Column("english", label=_("English"), sort_key="english"),
        Column("origin", label=_("Origin"), accessor="get_origin_display"),
        Column("seen", label=_("Seen together"), sort_key="seen"),
        SwitchColumn("active", label=_("In use"), sort_key="active"),
    ]

    def get_form_class(self, for_update=False):
        return GlossaryEntryForm

    def get_urlpatterns(self):
        """With the switch."""
        return [*super().get_urlpatterns(), path("switch/<str:pk>/", switch, name="switch")]


def _questions(pin: PinnedResult) -> str:
    return ", ".join(lines(pin.questions))


def _day(field: str):
    def told(pin: PinnedResult) -> str:
        day = getattr(pin, field)
        return date_format(day, "j E Y") if day else ""

    return told


class PinIndexView(generic.IndexView):
    """Pinned results."""

    add_item_label = _("New pin")

    def get_base_queryset(self):
        """With article and team in the same query."""
        return super().get_base_queryset().select_related("article", "team")


class PinnedResultViewSet(ModelViewSet):
    """Results on top of certain questions."""

    model = PinnedResult
    name = "search_pins"
    url_prefix = "search-words/pins"
    icon = "pick"
    menu_label = _("Pinned results")
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = PinIndexView
    search_fields = ("questions",)
    search_backend_name = None
    list_per_page = 100
    list_filter = ("team",)
    list_display = [
        TitleColumn(
            "questions", label=_("Questions"), accessor=_questions, url_name="search_pins:edit"
        ),
        Column("article", label=_("Article"), accessor="article.title"),
        Column("team", label=_("Team"), accessor="team.name"),
        Column("starts_on", label=_("From"), accessor=_day("starts_on"), sort_key="starts_on"),
        Column("ends_on", label=_("Until"), accessor=_day("ends_on"), sort_key="ends_on"),
    ]

    def get_form_class(self, for_update=False):
        return PinnedResultForm


class SearchWordsGroup(ViewSetGroup):
    """The menu "Search words"."""

    menu_label = _("Search words")
    menu_name = "search-words"
    menu_icon = "search"
    menu_order = 230
    items = (SynonymSetViewSet, GlossaryViewSet, PinnedResultViewSet)
