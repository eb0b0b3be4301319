"""URLs of tests and of campaigns."""

from django.urls import path

from certification.views import attempts, campaigns

urlpatterns = [
    path("quiz/", attempts.tests, name="tests"),
    path("quiz/<int:quiz_id>/", attempts.test, name="test"),
    path("quiz/attempts/<int:attempt_id>/", attempts.attempt, name="attempt"),
    path("quiz/attempts/<int:attempt_id>/<int:slot>/", attempts.question, name="attempt_question"),
    path("campaigns/", campaigns.index, name="campaigns"),
    path("campaigns/plan/", campaigns.plan, name="campaign_plan"),
    path("campaigns/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:campaign_id>/minutes/", campaigns.minutes, name="campaign_minutes"),
    path("campaigns/<int:campaign_id>/cancel/", campaigns.cancel_view, name="campaign_cancel"),
    path("campaigns/papers/<int:paper_id>/move/", campaigns.move_view, name="campaign_move"),
]
