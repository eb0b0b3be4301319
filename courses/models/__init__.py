"""Models of courses: what is learned, who is on the way, what was signed."""

from courses.models.calendars import CalendarFeed
from courses.models.enrollments import Enrollment, PlanItem
from courses.models.lessons import Lesson, LessonCompletion, LessonPlace
from courses.models.opinions import SessionOpinion
from courses.models.practice import PracticeRequest, PracticeTask, SignOff, SignOffNote
from courses.models.programmes import Programme, Step
from courses.models.sessions import Attendance, Invitation, TheorySession

__all__ = [
    "Attendance",
    "CalendarFeed",
    "Enrollment",
    "Invitation",
    "Lesson",
    "LessonCompletion",
    "LessonPlace",
    "PlanItem",
    "PracticeRequest",
    "PracticeTask",
    "Programme",
    "SessionOpinion",
    "SignOff",
    "SignOffNote",
    "Step",
    "TheorySession",
]
