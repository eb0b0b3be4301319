"""Seeds the whole demo company into an empty database."""

import datetime
from collections.abc import Callable

from django.db import transaction

from certification.services.certificates import issue_missing
from certification.services.collecting import collect
from certification.services.drilling import switch_on
from kb.models import ArticlePage
from lms.demo.appeals import seed_appeals
from lms.demo.calendar import last_working_day
from lms.demo.campaign import seed_campaign
from lms.demo.cast import PASSWORD
from lms.demo.changes import seed_changes
from lms.demo.competences import seed_competences
from lms.demo.feedback import seed_feedback
from lms.demo.knowledge import seed_articles
from lms.demo.learning import seed_learning
from lms.demo.people import seed_people
from lms.demo.quizzes import confirm_questions
from lms.demo.readings import seed_readings
from lms.demo.search_words import seed_search_words
from lms.demo.searches import seed_searches
from lms.demo.sessions import seed_sessions
from lms.demo.verifications import seed_verifications
from lms.demo.written import seed_written_answers
from people.models import Company, Employee, User

COMPANY = "Линия"


class NotEmpty(RuntimeError):
    """The database holds somebody's data and is not marked as a demo."""


class AlreadySeeded(RuntimeError):
    """The demo company is here already."""


@transaction.atomic
def seed_company(
    *, now: datetime.datetime, people: int, seed: int, tell: Callable[[str], None]
) -> dict[str, int]:
    """Write the demo company as of ``now``; how many people and articles it has.

    The same day and seed give the same company; an interrupted seeding leaves nothing.
    Raises AlreadySeeded or NotEmpty before writing anything.
    """
    refuse_unless_empty()
    today = last_working_day(now.astimezone().date())
    Company.objects.create(name=COMPANY, demo_seeded_on=today)
    tell("people")
    cast = seed_people(today=today, count=people, seed=seed, password=PASSWORD)
    tell("articles")
    seed_articles(cast=cast, now=now)
    seed_search_words(today=today)
    tell("competences")
    seed_competences(cast_by_handle=cast, today=today, now=now, seed=seed)
    tell("learning")
    seed_learning(cast_by_handle=cast, today=today, now=now, seed=seed)
    seed_sessions(cast_by_handle=cast, today=today, now=now)
    tell("changes")
    seed_changes(cast=cast, now=now, seed=seed)
    confirm_questions(by=cast["editor"].user, now=now)
    collect(now=now)
    tell("campaign")
    seed_campaign(cast=cast, today=today, now=now)
    issue_missing(now=now)
    seed_appeals(now=now)
    seed_written_answers(by=cast["editor"].user, now=now)
    switch_on(employee=cast["anna"], now=now)
    tell("feedback")
    seed_readings(cast=cast, now=now)
    seed_feedback(cast=cast, now=now, seed=seed)
    seed_verifications(now=now, seed=seed)
    seed_searches(now=now, seed=seed)
    return {"people": Employee.objects.count(), "articles": ArticlePage.objects.count()}


def refuse_unless_empty() -> None:
    """Raise AlreadySeeded in a demo database, NotEmpty in one that people work in."""
    if Company.is_demo():
        raise AlreadySeeded("The demo company is here already.")
    if Company.objects.exists() or User.objects.exists() or ArticlePage.objects.exists():
        raise NotEmpty(
            "This database holds people or articles and is not marked as a demo; nothing was written."
        )
