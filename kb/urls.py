"""URLs of files and feeds; articles themselves are served by Wagtail under ``/kb/``."""

from django.urls import path

from kb import views

urlpatterns = [
    path("files/images/<uuid:image_uuid>/<int:rendition_id>/", views.image, name="image"),
    path("files/documents/<uuid:document_uuid>/<str:filename>", views.document, name="document"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
