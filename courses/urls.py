"""URLs of plans, lessons, practice and sessions."""

from django.urls import path

from courses.views import (
    attendance,
    calendars,
    giving,
    learners,
    lessons,
    opinions,
    plans,
    practice,
    sessions,
)

urlpatterns = [
    path("plan/", plans.own_plan, name="plan"),
    path("plan/<int:employee_id>/", plans.plan_of, name="plan_of"),
    path("plan/stop/<int:enrollment_id>/", learners.stop_view, name="plan_stop"),
    path("learners/", learners.learners, name="learners"),
    path("learners/enroll/", learners.enroll_view, name="enroll"),
    path("plan/practice/<int:item_id>/", plans.task, name="plan_task"),
    path("plan/practice/<int:item_id>/ask/", plans.ask_view, name="plan_ask"),
    path("plan/practice/<int:item_id>/take-back/", plans.take_back_view, name="plan_take_back"),
    path("lessons/<int:lesson_id>/", lessons.lesson, name="lesson"),
    path("lessons/<int:lesson_id>/<int:step>/", lessons.lesson_step, name="lesson_step"),
    path("lessons/<int:lesson_id>/done/", lessons.lesson_done, name="lesson_done"),
    path("practice/", practice.queue, name="practice"),
    path("practice/<int:item_id>/", practice.sign, name="practice_sign"),
    path(
        "practice/signed/<int:sign_off_id>/withdraw/",
        practice.withdraw_view,
        name="sign_off_withdraw",
    ),
    path("theory/", sessions.sessions, name="theory_sessions"),
    path("theory/new/", giving.new, name="theory_session_new"),
    path("theory/<int:theory_id>/", sessions.session_view, name="theory_session"),
    path("theory/<int:theory_id>/answer/", sessions.answer_view, name="theory_session_answer"),
    path("theory/<int:theory_id>/change/", giving.change_view, name="theory_session_change"),
    path("theory/<int:theory_id>/invite/", giving.invite_view, name="theory_session_invite"),
    path("theory/<int:theory_id>/cancel/", giving.cancel_view, name="theory_session_cancel"),
    path(
        "theory/<int:theory_id>/attendance/",
        attendance.attendance,
        name="theory_session_attendance",
    ),
    path("theory/calendar/", calendars.own_calendar, name="theory_calendar"),
    path("calendar/<str:secret>.ics", calendars.feed, name="calendar_feed"),
    path("theory/<int:theory_id>/opinion/", opinions.opinion, name="theory_session_opinion"),
]
