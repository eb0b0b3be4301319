"""Fields that choose a page of the knowledge base."""

from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminPageChooser

from kb.choices import Audience
from kb.models import ArticlePage

READ_BY_ALL_STAFF = (Audience.PUBLIC, Audience.INTERNAL)


class PageField(AdminPageChooser):
    """The field that opens the tree."""

    def get_instance(self, value):
        """The page, or None; also for what is no number at all, which Wagtail's own fails on."""
        try:
            return super().get_instance(value)
        except (ValueError, OverflowError):
            return None


class ArticleField(PageField):
    """The field that opens the tree at articles; ``names_all`` once its reader may know every title.

    A field of a form that people of several audiences open names no article that is not for all of them.
    """

    def __init__(self, *, names_all: bool = False, **kwargs) -> None:
        super().__init__(target_models=[ArticlePage], **kwargs)
        self.names_all = names_all

    def get_display_title(self, instance: ArticlePage) -> str:
        """The title, or that it is not for everybody."""
        is_for_all = instance.live and instance.audience in READ_BY_ALL_STAFF
        if self.names_all or is_for_all:
            return super().get_display_title(instance)
        return _("An article for chosen readers, No. %(number)s") % {"number": instance.pk}
