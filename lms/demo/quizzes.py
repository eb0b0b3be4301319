"""Writes the demo's questions and tests, and turns what the ledger says of tests into attempts with papers."""

import datetime
import random
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from certification import papers
from certification.choices import AttemptState
from certification.kinds import kind_of
from certification.loading import SOURCE
from certification.models import (
    AnswerSave,
    Attempt,
    Question,
    QuestionConfirmation,
    Quiz,
    QuizLine,
    Submission,
)
from certification.results import as_plain
from certification.services.standings import derive_all
from common.ledger import sha256_of
from competence.choices import EventType
from competence.models import Competence
from competence.services.record import Entry
from kb.models import ArticlePage, ArticleVersion
from lms.demo import cast
from lms.demo.competence_catalogue import REQUIREMENTS
from lms.demo.questions import QUESTIONS, QUIZZES, Asked
from people.models import Position, User

TESTED = (cast.OPERATOR, cast.SENIOR)
TAKES = datetime.timedelta(minutes=9)
CLIENT = "demo-0001"
# A question that misleads those who know most: what the statistics of questions are for.
MISLEADING = "Кто платит за переадресованный звонок?"
MISLED, SLIPS, BY_A_HAIR = 0.85, 0.4, 0.9
NAMESPACE = uuid.UUID("6f1b1e0c-9d63-4a52-8d0d-1a5f0c7d2a11")


def seed_questions(competences: dict[str, Competence]) -> dict[str, Quiz]:
    """Write questions and tests; by competence the test of that competence alone."""
    articles = {one.source_id: one for one in ArticlePage.objects.exclude(source_id=None)}
    for name, (level, asked) in QUESTIONS.items():
        for one in asked:
            write_question(one, competences[name], level, articles.get(one.article))
    positions = {one.name: one for one in Position.objects.filter(name__in=TESTED)}
    alone: dict[str, Quiz] = {}
    for title, minutes, counts in QUIZZES:
        quiz = Quiz.objects.create(name=title, minutes=minutes)
        QuizLine.objects.bulk_create(
            QuizLine(
                quiz=quiz,
                competence=competences[name],
                level=QUESTIONS[name][0],
                count=count,
                sort_order=place,
            )
            for place, (name, count) in enumerate(counts.items())
        )
        quiz.positions.set(
            position
            for name, position in positions.items()
            if set(counts) <= {required for required, *_level in REQUIREMENTS[name]}
        )
        quiz.save()
        if len(counts) == 1:
            alone[next(iter(counts))] = quiz
    return alone


def write_question(
    one: Asked, competence: Competence, level: int, article: ArticlePage | None
) -> Question:
    """Publish ``one``; nobody has confirmed it yet."""
    return Question.objects.create(
        uuid=uuid.uuid5(NAMESPACE, one.text),
        kind=one.kind,
        text=one.text,
        body=kind_of(one.kind).parse(one.answers),
        explanation=one.why,
        competence=competence,
        level=level,
        article=article,
        live=True,
    )


def confirm_questions(*, by: User, now: datetime.datetime) -> None:
    """An editor has confirmed every question that nobody has yet, for the text that is in force."""
    texts = {
        (version.article_uuid, version.number): version.snapshot_sha256
        for version in ArticleVersion.objects.all()
    }
    QuestionConfirmation.objects.bulk_create(
        QuestionConfirmation(
            question=question,
            question_sha256=question.content_sha256,
            article_uuid=question.article.uuid,
            article_sha256=texts[question.article.uuid, question.article.version],
            number=question.article.version,
            by=by,
            at=now,
        )
        for question in Question.objects.filter(
            article__version__isnull=False, confirmations=None
        ).select_related("article")
    )
    derive_all()


def with_attempts(
    entries: Sequence[Entry], quizzes: dict[str, Quiz], rng: random.Random
) -> list[Entry]:
    """The same entries, those of tests that exist with the attempt they come from: a paper, answers, a submission."""
    by_level = {
        name: (
            level,
            list(Question.objects.filter(competence__name=name).select_related("article")),
        )
        for name, (level, _asked) in QUESTIONS.items()
    }
    told, attempts, submissions, saves = [], [], [], []
    for entry in entries:
        name = entry.competence.name if entry.competence else ""
        level, questions = by_level.get(name, (None, []))
        if entry.type != EventType.QUIZ or name not in quizzes or entry.level != level:
            told.append(entry)
            continue
        attempt, submission, answered = _taken(entry, quizzes[name], questions, rng)
        attempts.append(attempt)
        saves += answered
        submissions.append(submission)
        told.append(replace(entry, source=(SOURCE, attempt)))
    rows = iter(Attempt.objects.bulk_create(attempts, batch_size=100))
    kept = []
    for entry in told:
        if isinstance(entry.source[1], Attempt):
            entry = replace(entry, source=(SOURCE, str(next(rows).pk)))
        kept.append(entry)
    for attempt, submission in zip(attempts, submissions, strict=True):
        submission.attempt = attempt
    Submission.objects.bulk_create(submissions, batch_size=100)
    for save in saves:
        save.attempt_id = save.attempt.pk
    AnswerSave.objects.bulk_create(saves, batch_size=200)
    return kept


def _taken(
    entry: Entry, quiz: Quiz, questions: Sequence[Question], rng: random.Random
) -> tuple[Attempt, Submission, list[AnswerSave]]:
    line = quiz.lines.all()[0]
    seed = rng.getrandbits(50)
    drawn = rng.sample(list(questions), k=min(line.count, len(questions)))
    if not entry.passed and (hard := [one for one in questions if one.text == MISLEADING]):
        drawn = [*hard, *(one for one in drawn if one not in hard)][: len(drawn)]
    paper = papers.freeze(
        lines=[(line.competence_id, line.level)],
        questions=[_frozen(one) for one in drawn],
        seed=seed,
    )
    missed = _missed(paper, bool(entry.passed), rng)
    answers = {
        slot: given
        for slot, asked in enumerate(paper["slots"], start=1)
        if (given := _wrong(asked, rng) if slot in missed else right_answer(asked))
    }
    _scores, result = papers.score(paper, answers)
    at = entry.recorded_at or datetime.datetime.now(datetime.UTC)
    attempt = Attempt(
        employee=entry.employee,
        quiz=quiz,
        seed=seed,
        paper=paper,
        paper_sha256=sha256_of(paper),
        started_at=at - TAKES,
        deadline_at=at - TAKES + datetime.timedelta(minutes=quiz.minutes),
        state=AttemptState.SUBMITTED,
        key=uuid.UUID(int=rng.getrandbits(128)),
    )
    submission = Submission(
        submitted_at=at,
        by_deadline=False,
        answers={str(slot): given for slot, given in answers.items()},
        result=as_plain(result),
        passed=bool(entry.passed),
    )
    return attempt, submission, _saved(attempt, answers, rng)


def _missed(paper: dict[str, Any], passed: bool, rng: random.Random) -> set[int]:
    """The questions somebody gets wrong: one at most of those who pass; some fail by the misleading one alone."""
    slots = range(1, len(paper["slots"]) + 1)
    misleading = [n for n in slots if paper["slots"][n - 1]["text"] == MISLEADING]
    others = [n for n in slots if n not in misleading]
    if not passed and misleading and rng.random() < BY_A_HAIR:
        return {*misleading, rng.choice(others)}
    if not passed:
        return set(rng.sample(others, k=len(slots) // 2))
    if misleading and rng.random() < MISLED:
        return set(misleading)
    return {rng.choice(others)} if rng.random() < SLIPS else set()


def _wrong(asked: dict[str, Any], rng: random.Random) -> list[str]:
    """What somebody answers who does not know; nothing where one cannot guess."""
    if asked["kind"] == "true_false":
        return ["false" if asked["body"]["right"] else "true"]
    if asked["kind"] != "single":
        return []
    wrong = sorted(
        (index, key)
        for key, index in asked["keys"].items()
        if not asked["body"]["choices"][index]["right"]
    )
    nearest = rng.random() < (1 if asked["text"] == MISLEADING else 0.6)
    return [wrong[0][1] if nearest else rng.choice(wrong)[1]]


def _saved(attempt: Attempt, answers: dict[int, list[str]], rng: random.Random) -> list[AnswerSave]:
    """The saves of an attempt, each some time after the one before."""
    moment, saves = attempt.started_at, []
    for seq, (slot, given) in enumerate(answers.items(), start=1):
        moment += datetime.timedelta(seconds=rng.randrange(12, 75))
        saves.append(
            AnswerSave(
                attempt=attempt,
                slot=slot,
                given=given,
                client=CLIENT,
                seq=seq,
                payload_sha256=sha256_of({"given": given, "flagged": False}),
                received_at=moment,
            )
        )
    return saves


def _frozen(question: Question) -> dict[str, Any]:
    return {
        "uuid": str(question.uuid),
        "kind": question.kind,
        "text": question.text,
        "body": question.body,
        "explanation": question.explanation,
        "competence": question.competence_id,
        "level": question.level,
        "counts": True,
        "article": str(question.article.uuid) if question.article else "",
        "number": question.article.version if question.article else None,
    }


def right_answer(asked: dict[str, Any]) -> list[str]:
    """What somebody who knows answers on this sheet."""
    body, keys = asked["body"], asked["keys"]
    match asked["kind"]:
        case "single" | "multiple":
            return sorted(key for key, index in keys.items() if body["choices"][index]["right"])
        case "situational":
            return [key for key, index in keys.items() if body["choices"][index]["worth"] == 100][
                :1
            ]
        case "ordering":
            return sorted(keys, key=keys.__getitem__)
        case "matching":
            texts = {choice["text"]: choice["key"] for choice in asked["shown"]["choices"]}
            return [texts[body["pairs"][index]["right"]] for index in keys["parts"]]
        case "gap":
            return [
                str(order.index(gap["right"]) + 1) if "choices" in gap else gap["accepted"][0]
                for gap, order in zip(body["gaps"], keys["orders"], strict=True)
            ]
        case "mark":
            return [str(n) for n, line in enumerate(body["lines"], start=1) if line["wrong"]]
        case "classify":
            return [str(one["right"] + 1) for one in body["fields"]]
        case "numeric":
            return [body["value"]]
    return kind_of(asked["kind"]).expected(body)
