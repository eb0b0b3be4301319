"""The whole URL map on one screen; one include per app.

Wagtail's own front pages (passwords, logins, serving) stay unmounted: allauth is the one door, kb the one gate.
"""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from lms import views
from lms.api import api
from lms.demo.login import DemoAwareLoginView, demo_login

handler404 = "lms.views.page_not_found"
handler500 = "lms.views.server_error"

urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("accounts/login/", DemoAwareLoginView.as_view(), name="account_login"),
    path("accounts/demo/", demo_login, name="demo_login"),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("api/v1/", api.urls),
    path("", include("dashboard.urls")),
    path("", include("search.urls")),
    path("", include("people.urls")),
    path("", include("notifications.urls")),
    path("", include("competence.urls")),
    path("", include("certification.urls")),
    path("", include("courses.urls")),
    path("", include("kb.urls")),
]
