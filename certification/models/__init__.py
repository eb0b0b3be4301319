"""Models of certification: what is asked, what a paper is made of, what somebody answered."""

from certification.models.appeals import Appeal
from certification.models.assessments import Assessment, OpenAnswer
from certification.models.attempts import AnswerSave, Attempt, Submission
from certification.models.campaigns import Campaign, DutyLine, DutyPaper, RecertificationDuty
from certification.models.certificates import Certificate
from certification.models.checks import CheckAnswer
from certification.models.confirmations import (
    ConfirmationWaiver,
    QuestionConfirmation,
    QuestionStanding,
)
from certification.models.drills import Drill, DrillCard
from certification.models.items import AskedVersion, ItemResponse, ItemStatistic
from certification.models.questions import Question
from certification.models.quizzes import Quiz, QuizLine
from certification.models.suspensions import QuestionSuspension, Rescoring

__all__ = [
    "AnswerSave",
    "Appeal",
    "AskedVersion",
    "Assessment",
    "Attempt",
    "Campaign",
    "Certificate",
    "CheckAnswer",
    "ConfirmationWaiver",
    "Drill",
    "DrillCard",
    "DutyLine",
    "DutyPaper",
    "ItemResponse",
    "ItemStatistic",
    "OpenAnswer",
    "Question",
    "QuestionConfirmation",
    "QuestionStanding",
    "QuestionSuspension",
    "Quiz",
    "QuizLine",
    "RecertificationDuty",
    "Rescoring",
    "Submission",
]
