"""URLs of tests."""

from django.urls import path

from certification import views

urlpatterns = [
    path("quiz/", views.tests, name="tests"),
    path("quiz/<int:quiz_id>/", views.test, name="test"),
    path("quiz/attempts/<int:attempt_id>/", views.attempt, name="attempt"),
    path("quiz/attempts/<int:attempt_id>/<int:slot>/", views.question, name="attempt_question"),
]
