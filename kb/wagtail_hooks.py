"""What kb adds to the admin, and what it takes out of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.models import Page

from kb import history, reports
from kb.access import visible_pages
from kb.models import ArticlePage, ArticleVersion, SectionPage
from kb.refusals import AliasRefused, KnowledgeRefused
from kb.selectors.feedback import open_about
from kb.selectors.hints import advice_on
from kb.services.archiving import refuse_deletion
from kb.services.audience import may_set_audience
from kb.services.draft_questions import confirm_questions, left_to_look_at
from kb.services.teaching import follow_risk
from kb.views import articles, hints, tags
from kb.viewsets.packages import ChangePackageViewSet
from kb.viewsets.pages import KnowledgePageViewSet, TagViewSet
from kb.viewsets.upkeep import ContentTaskViewSet, IncidentViewSet

# What Wagtail offers and this product does not use, by the names of its menu items.
UNUSED_MENU_ITEMS = {"help", "snippets", "sites", "collections", "workflows", "workflow-tasks"}
UNUSED_REPORTS = {"aging-pages", "page-types-usage"}


@hooks.register("register_admin_viewset")
def register_pages() -> KnowledgePageViewSet:
    """Ours in the place of Wagtail's."""
    return KnowledgePageViewSet()


@hooks.register("register_admin_viewset")
def register_tags() -> TagViewSet:
    """Tags in the menu."""
    return TagViewSet()


@hooks.register("register_admin_viewset")
def register_upkeep() -> list:
    """Change packages, tasks and outages in the menu."""
    return [ChangePackageViewSet(), ContentTaskViewSet(), IncidentViewSet()]


@hooks.register("register_admin_urls")
def register_urls() -> list:
    """Screens beside the viewsets."""
    upkeep, walks = reports.UpkeepReportView, reports.ScriptsReportView
    return [
        path("articles/<int:article_id>/audience/", articles.audience, name="kb_audience"),
        path("articles/<int:article_id>/competences/", articles.teaches, name="kb_teaches"),
        path("articles/<int:article_id>/archive/", articles.put_away, name="kb_archive"),
        path("articles/<int:page_id>/hints/", hints.HintsView.as_view(), name="kb_hints"),
        path(
            "articles/new/<int:parent_page_id>/hints/",
            hints.NewHintsView.as_view(),
            name="kb_hints_new",
        ),
        path("tags/<int:tag_id>/merge/", tags.merge, name="kb_merge_tag"),
        path("reports/upkeep/", upkeep.as_view(), name="kb_upkeep"),
        path(
            "reports/upkeep/results/", upkeep.as_view(results_only=True), name="kb_upkeep_results"
        ),
        path("reports/scripts/", walks.as_view(), name="kb_scripts"),
        path(
            "reports/scripts/results/", walks.as_view(results_only=True), name="kb_scripts_results"
        ),
    ]


@hooks.register("register_log_actions")
def register_log_actions(actions) -> None:
    """The acts on articles and tags, as they read in the history."""
    history.register(actions)


@hooks.register("insert_global_admin_css")
def dress() -> str:
    """The product's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("kb/admin.css"))


# --- the page screens ------------------------------------------------------------------------------------------


class AudienceButton(PageMenuItem):
    """Who may read it."""

    label = gettext_lazy("Audience")
    icon_name = "group"
    url_name = "kb_audience"

    def is_shown(self, user) -> bool:
        """To those who keep the article."""
        return isinstance(self.page, ArticlePage) and may_set_audience(self.page, user)


class TeachesButton(PageMenuItem):
    """What it teaches."""

    label = gettext_lazy("Competences")
    icon_name = "list-ul"
    url_name = "kb_teaches"

    def is_shown(self, user) -> bool:
        """To those who edit the article."""
        return (
            isinstance(self.page, ArticlePage) and self.page.permissions_for_user(user).can_edit()
        )


class FeedbackButton(PageMenuItem):
    """What readers said did not help, while somebody works on the text."""

    icon_name = "comment"

    def __init__(self, *, open_count: int, **more) -> None:
        words = ngettext("Feedback: %(n)s open", "Feedback: %(n)s open", open_count)
        self.open_count = open_count
        super().__init__(words % {"n": open_count}, **more)

    @property
    def url(self) -> str:
        """The queue, of this article."""
        return f"{reverse('feedback_queue')}?article={self.page.pk}"

    def is_shown(self, user) -> bool:
        """To those who edit the article, as long as something waits for an answer."""
        return self.open_count > 0 and self.page.permissions_for_user(user).can_edit()


class ArchiveButton(PageMenuItem):
    """The end of an article."""

    label = gettext_lazy("Archive")
    icon_name = "history"
    url_name = "kb_archive"

    def is_shown(self, user) -> bool:
        """For articles that cannot be deleted, to those who may take them off."""
        article = self.page
        if not isinstance(article, ArticlePage) or article.archived_at is not None:
            return False
        return (article.version is not None or not article.live) and article.permissions_for_user(
            user
        ).can_publish()


@hooks.register("register_page_header_buttons")
def header_buttons(page, user, view_name, next_url=None):
    """Audience and end, beside the text."""
    specific = page.specific
    yield AudienceButton(page=specific, priority=12)
    yield TeachesButton(page=specific, priority=13)
    yield FeedbackButton(page=specific, priority=14, open_count=open_about(specific))
    yield ArchiveButton(page=specific, priority=55)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page, user, next_url=None):
    """The same in lists."""
    yield AudienceButton(page=page, priority=5)
    yield TeachesButton(page=page, priority=6)
    yield ArchiveButton(page=page, priority=35)


@hooks.register("after_create_page")
def take_the_risk_of_the_section(request: HttpRequest, page: Page) -> None:
    """A new article is as risky as the section it stands in, until it teaches something."""
    if isinstance(page, ArticlePage):
        follow_risk(article=page)


@hooks.register("before_edit_page")
def confirm_questions_of_the_approved(request: HttpRequest, page: Page) -> None:
    """Whoever approves ticks questions for the text they were given, and before it comes into force."""
    if request.method == "POST" and request.POST.get("action-workflow-action"):
        _confirm_ticked(request, page)


@hooks.register("after_edit_page")
def confirm_questions_of_the_draft(request: HttpRequest, page: Page) -> None:
    """What was ticked is true for the text as it was saved; an autosave says nothing yet."""
    if not isinstance(page, ArticlePage) or not request.accepts("text/html"):
        return
    _confirm_ticked(request, page)
    if not request.POST.get("action-submit"):
        return
    left = left_to_look_at(page.get_latest_revision_as_object(), request.user)
    if left:
        words = ngettext(
            "%(n)s question about this article is not confirmed for the new text. "
            "Look at it under “What changes for people”, or it leaves the draw.",
            "%(n)s questions about this article are not confirmed for the new text. "
            "Look at them under “What changes for people”, or they leave the draw.",
            left,
        )
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Open"))
        messages.warning(request, words % {"n": left}, buttons=[edit])


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def point_out_hints(request: HttpRequest, page: Page) -> None:
    """Whoever submits a text reads how much in it is worth a look; nothing is refused for it."""
    if not isinstance(page, ArticlePage) or not request.POST.get("action-submit"):
        return
    number = len(advice_on(page.get_latest_revision_as_object()))
    if number:
        words = ngettext(
            "Submitted with %(n)s hint about the text: it stands under “Checks”.",
            "Submitted with %(n)s hints about the text: they stand under “Checks”.",
            number,
        )
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Open"))
        messages.info(request, words % {"n": number}, buttons=[edit])


def _confirm_ticked(request: HttpRequest, page: Page) -> None:
    refs = set(request.POST.getlist("change_question"))
    if not refs or not isinstance(page.specific, ArticlePage):
        return
    if not page.permissions_for_user(request.user).can_edit():
        return
    draft = page.specific.get_latest_revision_as_object()
    confirm_questions(draft=draft, refs=refs, by=request.user, now=timezone.now())


@hooks.register("before_publish_page")
def publish_as_version(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's button publishes past Page.publish; ours goes through it and says what came of it."""
    if not isinstance(page, ArticlePage | SectionPage):
        return None
    _confirm_ticked(request, page)
    page.get_latest_revision().publish(user=request.user)
    published = type(page).objects.get(pk=page.pk)
    messages.success(request, _what_came_of_it(published))
    for after in hooks.get_hooks("after_publish_page"):
        response = after(request, published)
        if hasattr(response, "status_code"):
            return response
    return redirect("wagtailadmin_explore", published.get_parent().pk)


def _what_came_of_it(page: Page) -> str:
    if isinstance(page, ArticlePage):
        newest = ArticleVersion.objects.of_article(page.uuid).last()
        words = {"title": newest.title, "number": newest.number}
        if newest.effective_at > timezone.now():
            words["at"] = date_format(timezone.localtime(newest.effective_at), "j E Y, H:i")
            return _("“%(title)s”, version %(number)s, comes into force on %(at)s.") % words
        return _("“%(title)s”, version %(number)s, is in force.") % words
    return _("“%(title)s” is published.") % {"title": page.title}


def _refused(request: HttpRequest, refusal: KnowledgeRefused, page: Page) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_delete_page")
def keep_what_was_read(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say so before Wagtail asks whether to delete, not after."""
    try:
        refuse_deletion(page)
    except KnowledgeRefused as refusal:
        return _refused(request, refusal, page)
    return None


@hooks.register("before_copy_page")
def copy_no_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Alias pages are refused, whatever form asks for one."""
    if request.method == "POST" and request.POST.get("alias"):
        refusal = AliasRefused(
            _("Alias pages are not used here. Make a copy, or link to the page.")
        )
        return _refused(request, refusal, page)
    return None


@hooks.register("construct_page_chooser_queryset")
def choose_among_visible(pages, request: HttpRequest):
    """In choosers, too, nobody sees the title of what they may not read."""
    if request.viewer.edits_knowledge:
        return pages
    return pages.filter(pk__in=visible_pages(request.viewer, timezone.now()))


# --- the menu --------------------------------------------------------------------------------------------------


@hooks.register("construct_main_menu")
def tidy_menu(request: HttpRequest, items: list) -> None:
    """Leave out what is not used, and call the tree what it is."""
    items[:] = [item for item in items if item.name not in UNUSED_MENU_ITEMS]
    for item in items:
        if item.name == "explorer":
            item.label = _("Knowledge base")


@hooks.register("construct_settings_menu")
def tidy_settings(request: HttpRequest, items: list) -> None:
    """Workflows and collections are set up by the product; only who keeps the house sees them."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in UNUSED_MENU_ITEMS]


@hooks.register("construct_reports_menu")
def tidy_reports(request: HttpRequest, items: list) -> None:
    """Ours says more than these two."""
    items[:] = [item for item in items if item.name not in UNUSED_REPORTS]


class UpkeepMenuItem(MenuItem):
    """The report on upkeep."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To those who keep articles."""
        return request.viewer.edits_knowledge


@hooks.register("register_reports_menu_item")
def register_upkeep_report() -> MenuItem:
    """In the menu of reports."""
    return UpkeepMenuItem(
        gettext_lazy("Upkeep of articles"),
        reverse("kb_upkeep"),
        name="upkeep",
        icon_name="clipboard-list",
        order=100,
    )


class ScriptsMenuItem(MenuItem):
    """Shown to whoever writes."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Editors and administrators."""
        return request.user.has_perm("kb.view_scriptwalk")


@hooks.register("register_reports_menu_item")
def register_scripts_report() -> MenuItem:
    """Where guided scripts strand people."""
    return ScriptsMenuItem(
        gettext_lazy("Guided scripts"),
        reverse("kb_scripts"),
        name="scripts",
        icon_name="list-ul",
        order=110,
    )
