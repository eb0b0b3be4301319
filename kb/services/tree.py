"""The tree of sections: its root, and sections made on the way by imports."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from kb.models import SectionPage

ROOT_SLUG = "kb"


@transaction.atomic
def ensure_root_section() -> SectionPage:
    """The root section, which the site starts at; made on an empty database, with its site record.

    Wagtail's own welcome page goes, if nobody has put anything below it.
    """
    root = SectionPage.objects.filter(depth=2, slug=ROOT_SLUG).first()
    if root is None:
        Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        top = Page.get_first_root_node()
        if top is None:
            top = Page.add_root(instance=Page(title="Root", slug="root"))
        root = top.add_child(instance=SectionPage(title="База знаний", slug=ROOT_SLUG))
    site, created = Site.objects.get_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": root, "site_name": settings.COMPANY_NAME},
    )
    if not created and site.root_page_id != root.pk:
        site.root_page = root
        site.site_name = settings.COMPANY_NAME
        site.save()
    for welcome in Page.objects.filter(depth=2, slug="home", numchild=0):
        if welcome.specific_class is Page:
            welcome.delete()
    return root
