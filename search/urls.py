"""URLs of search."""

from django.urls import path

from search.views import pages as views
from search.views.week import week

urlpatterns = [
    path("search/", views.search, name="search"),
    path("panel/", views.panel, name="search_panel"),
    path("search/week/", week, name="search_week"),
    path("search/gap/", views.report_gap, name="search_gap"),
    path("search/log/", views.log_search, name="search_log"),
]
