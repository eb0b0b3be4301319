"""The back office of pages and tags."""

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from kb.models import Tag
from kb.views import back_office


class KnowledgePageViewSet(PageViewSet):
    """The tree: Wagtail's views, with ours where they must differ."""

    model = Page
    index_view_class = back_office.KnowledgeListView
    add_view_class = back_office.WritingView
    edit_view_class = back_office.ApprovingEditView
    copy_view_class = back_office.DraftCopyView
    move_confirm_view_class = back_office.GuardedMoveView
    unpublish_view_class = back_office.TakeOffView
    revisions_view_class = back_office.ApproversRevisionView
    revisions_compare_view_class = back_office.ApproversCompareView
    revisions_unschedule_view_class = back_office.CallOffView


class TagIndexView(IndexView):
    """The list of tags."""

    def get_base_queryset(self):
        """Tags with the number of articles each stands on, in one query."""
        return super().get_base_queryset().annotate(article_count=Count("tagged_articles"))


class TagEditView(EditView):
    """A tag: its name, and the way to make it part of another."""

    @cached_property
    def header_more_buttons(self):
        """With merging."""
        address = reverse("kb_merge_tag", args=[self.object.pk])
        merge = Button(_("Merge into another tag"), url=address, icon_name="link", priority=20)
        return [*super().header_more_buttons, merge]


class TagViewSet(ModelViewSet):
    """The tags of articles."""

    model = Tag
    name = "tags"
    icon = "tag"
    menu_label = _("Tags")
    menu_order = 250
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = TagIndexView
    edit_view_class = TagEditView
    form_fields = ["name"]
    search_fields = ["name"]
    list_per_page = 100
    ordering = "name"
    columns = [
        TitleColumn("name", label=_("Name"), url_name="tags:edit", sort_key="name"),
        Column("articles", label=_("Articles"), accessor="article_count"),
    ]
