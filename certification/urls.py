"""URLs of tests and of campaigns."""

from django.urls import path

from certification.views import (
    appeals,
    assessments,
    attempts,
    campaigns,
    certificates,
    drills,
    protocols,
)

urlpatterns = [
    path("quiz/", attempts.tests, name="tests"),
    path("quiz/<int:quiz_id>/", attempts.test, name="test"),
    path("quiz/attempts/<int:attempt_id>/", attempts.attempt, name="attempt"),
    path("quiz/attempts/<int:attempt_id>/<int:slot>/", attempts.question, name="attempt_question"),
    path("quiz/daily/", drills.daily, name="daily"),
    path("quiz/daily/switch/", drills.daily_switch, name="daily_switch"),
    path("campaigns/", campaigns.index, name="campaigns"),
    path("campaigns/plan/", campaigns.plan, name="campaign_plan"),
    path("campaigns/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:campaign_id>/minutes/", campaigns.minutes, name="campaign_minutes"),
    path("campaigns/<int:campaign_id>/cancel/", campaigns.cancel_view, name="campaign_cancel"),
    path("campaigns/papers/<int:paper_id>/move/", campaigns.move_view, name="campaign_move"),
    path("quiz/attempts/<int:attempt_id>/<int:slot>/appeal/", appeals.appeal_about, name="appeal"),
    path(
        "quiz/attempts/<int:attempt_id>/protocol/",
        protocols.protocol,
        name="attempt_protocol",
    ),
    path("certificates/", certificates.own, name="certificates"),
    path("certificates/issued/", certificates.all_issued, name="certificates_issued"),
    path("certificates/<str:certificate_number>/pdf/", certificates.pdf, name="certificate_pdf"),
    path(
        "certificates/<str:certificate_number>/name/",
        certificates.consent,
        name="certificate_name",
    ),
    path(
        "certificates/<str:certificate_number>/revoke/",
        certificates.take_back,
        name="certificate_revoke",
    ),
    path("verify/", certificates.check_form, name="verify"),
    path("verify/<str:certificate_number>/", certificates.check, name="certificate_check"),
    path("quiz/appeals/", appeals.queue, name="appeals"),
    path("quiz/appeals/<int:appeal_id>/", appeals.case, name="appeal_item"),
    path("quiz/assess/", assessments.queue, name="assessments"),
    path("quiz/assess/<int:answer_id>/", assessments.item, name="assessment_item"),
]
