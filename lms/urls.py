"""The whole URL map on one screen; one include per app, Wagtail last."""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.views import serve

from lms import views

handler404 = "lms.views.page_not_found"
handler500 = "lms.views.server_error"

urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("dashboard.urls")),
    path("", include("search.urls")),
    path("", include("people.urls")),
    path("", include("kb.urls")),
    # Wagtail's own front pages for passwords and logins stay unmounted; allauth is the one door.
    re_path(r"^kb/((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
]
