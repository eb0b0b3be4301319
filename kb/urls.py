"""URLs of articles, sections, files and the sitemap."""

from django.urls import path, re_path

from kb.views import (
    copies,
    feedback,
    files,
    following,
    history,
    news,
    notices,
    pages,
    reviews,
    walks,
)
from kb.views.sitemap import sitemap

urlpatterns = [
    path("files/images/<uuid:image_uuid>/<int:rendition_id>/", files.image, name="image"),
    path("files/documents/<uuid:document_uuid>/<str:filename>", files.document, name="document"),
    path("scripts/<uuid:block_id>/<uuid:walk_id>/", walks.walk, name="script_walk"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("news/", news.news, name="news"),
    path("feed/", news.feed, name="feed"),
    path("feedback/<uuid:article_uuid>/", feedback.give, name="feedback_give"),
    path("kb/following/", following.followed, name="following"),
    path("kb/following/tags/", following.follow_tag, name="follow_tag"),
    path("kb/following/<int:page_id>/", following.follow, name="follow"),
    path("kb/history/<uuid:article_uuid>/", history.versions, name="article_history"),
    path("kb/history/<uuid:article_uuid>/compare/", history.compare, name="article_compare"),
    path("kb/copies/<uuid:article_uuid>/", copies.pdf, name="article_copy"),
    path("kb/copies/<uuid:article_uuid>/<int:version_number>/", copies.check, name="copy_check"),
    path("kb/feedback/", feedback.queue, name="feedback_queue"),
    path("kb/feedback/<int:feedback_id>/", feedback.item, name="feedback_item"),
    path("kb/feedback/<int:feedback_id>/answer/", feedback.answer, name="feedback_answer"),
    path("kb/feedback/<int:feedback_id>/take/", feedback.take, name="feedback_take"),
    path("kb/feedback/<int:feedback_id>/merge/", feedback.merge, name="feedback_merge"),
    path("kb/feedback/<int:feedback_id>/reopen/", feedback.reopen, name="feedback_reopen"),
    path(
        "kb/reviews/<int:verification_id>/mistake/",
        reviews.take_back,
        name="verification_take_back",
    ),
    path("kb/notices/", notices.notices, name="notices"),
    path("kb/notices/people/", notices.progress, name="notices_people"),
    path("kb/notices/<int:notice_id>/", notices.notice, name="notice"),
    path("kb/notices/<int:notice_id>/people/", notices.people, name="notice_people"),
    path("kb/notices/<int:notice_id>/withdraw/", notices.withdraw, name="notice_withdraw"),
    path("kb/reviews/", reviews.reviews, name="reviews"),
    path("kb/reviews/<uuid:article_uuid>/", reviews.verify, name="article_verify"),
    # Wagtail reverses this name for the address of every page.
    re_path(r"^kb/((?:[\w\-]+/)*)$", pages.page, name="wagtail_serve"),
]
