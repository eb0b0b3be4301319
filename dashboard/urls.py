"""Home, the switch of single-key shortcuts, and the style guide."""

from django.urls import path

from dashboard import styleguide, views

urlpatterns = [
    path("", views.home, name="home"),
    path("keys/", views.set_single_keys, name="set_single_keys"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
