"""URLs of tests."""

from django.urls import path

from certification.views import appeals, attempts

urlpatterns = [
    path("quiz/", attempts.tests, name="tests"),
    path("quiz/<int:quiz_id>/", attempts.test, name="test"),
    path("quiz/attempts/<int:attempt_id>/", attempts.attempt, name="attempt"),
    path("quiz/attempts/<int:attempt_id>/<int:slot>/", attempts.question, name="attempt_question"),
    path("quiz/attempts/<int:attempt_id>/<int:slot>/appeal/", appeals.appeal_about, name="appeal"),
    path("quiz/appeals/", appeals.queue, name="appeals"),
    path("quiz/appeals/<int:appeal_id>/", appeals.case, name="appeal_item"),
]
