"""Fields that choose a page of the knowledge base."""

from wagtail.admin.widgets import AdminPageChooser


class PageField(AdminPageChooser):
    """The field that opens the tree."""

    def get_instance(self, value):
        """The page, or None; also for what is no number at all, which Wagtail's own fails on."""
        try:
            return super().get_instance(value)
        except (ValueError, OverflowError):
            return None
