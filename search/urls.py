"""URLs of search."""

from django.urls import path

from search.views import pages as views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("panel/", views.panel, name="search_panel"),
    path("search/gap/", views.report_gap, name="search_gap"),
    path("search/log/", views.log_search, name="search_log"),
]
