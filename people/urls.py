"""URLs about oneself and other people."""

from django.urls import path

from people.views import profile, tokens

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/keys/", tokens.own, name="api_tokens"),
    path("profile/keys/<int:token_id>/revoke/", tokens.revoke, name="api_token_revoke"),
]
