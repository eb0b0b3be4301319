"""A lesson as somebody reads it: one step, with the articles in it as they are in force now."""

import datetime
import uuid
from dataclasses import dataclass, field

from courses.models import Lesson, LessonCompletion, LessonPlace
from kb.models import ArticlePage
from kb.rich_text import ReaderLinks
from kb.selectors.reading import ArticleReading, read_article
from people.viewer import Viewer


@dataclass(frozen=True)
class Part:
    """A block of a step: words of the lesson, or an article, which is None where the reader may not see it."""

    block: object
    is_article: bool = False
    reading: ArticleReading | None = None
    changed_since: bool = False


@dataclass(frozen=True)
class StepName:
    """A line of the lesson's contents; ``is_open`` once the reader may go there."""

    number: int
    words: str
    is_open: bool
    is_current: bool


@dataclass(frozen=True)
class LessonReading:
    """One step of a lesson, and the way through it."""

    lesson: Lesson
    step: int
    last: int
    parts: list[Part]
    links: ReaderLinks
    names: list[StepName]
    completed_at: datetime.datetime | None = None
    versions: dict[uuid.UUID, int] = field(default_factory=dict)


def visible_lesson(viewer: Viewer, lesson_id: int, at: datetime.datetime) -> Lesson | None:
    """The lesson, if ``viewer`` may read it; somebody who is through keeps it only while it is published."""
    return Lesson.objects.visible_to(viewer, at).filter(pk=lesson_id).first()


def furthest_of(employee_id: int | None, lesson: Lesson) -> tuple[int, int]:
    """Where ``employee_id`` stands in ``lesson`` and how far they have come, in steps; 1 and 0 at the start."""
    place = LessonPlace.objects.filter(employee=employee_id, lesson=lesson).first()
    return (place.step, place.furthest) if place else (1, 0)


def read_lesson(
    lesson: Lesson, step: int, viewer: Viewer, at: datetime.datetime, *, furthest: int
) -> LessonReading:
    """``step`` (from 1) of ``lesson`` as ``viewer`` may read it."""
    steps = lesson.parts
    blocks = steps[step - 1]
    wanted = [one.value.pk for one in blocks if one.block_type == "article" and one.value]
    articles = ArticlePage.objects.visible_to(viewer, at).in_bulk(wanted)
    parts, versions = [], {}
    for block in blocks:
        if block.block_type != "article":
            parts.append(Part(block))
            continue
        article = articles.get(block.value.pk) if block.value else None
        if article is None:
            parts.append(Part(block, is_article=True))
            continue
        versions[article.uuid] = article.version
        reading = read_article(article, viewer, at, with_surroundings=False)
        written = lesson.last_published_at
        parts.append(
            Part(
                block,
                is_article=True,
                reading=reading,
                changed_since=bool(
                    written and article.last_published_at and article.last_published_at > written
                ),
            )
        )
    completion = LessonCompletion.objects.filter(employee=viewer.employee_id or 0, lesson=lesson)
    return LessonReading(
        lesson=lesson,
        step=step,
        last=len(steps),
        parts=parts,
        links=ReaderLinks.in_body(lesson.body, viewer, at),
        names=[
            StepName(number, _name_of(own), number <= furthest + 1, number == step)
            for number, own in enumerate(steps, start=1)
        ],
        completed_at=completion.values_list("completed_at", flat=True).first(),
        versions=versions,
    )


def _name_of(blocks: list) -> str:
    """The heading of a step; a step without one has none."""
    return str(blocks[0].value) if blocks and blocks[0].block_type == "heading" else ""
