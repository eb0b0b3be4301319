"""The demo's articles over the year: what their versions changed, who has confirmed it, what comes next week.

The imported text is the newest; older versions are made from it backwards, phrase by phrase.
"""

import datetime
import json
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from competence.choices import EventType
from competence.models import CompetenceEvent
from competence.selectors.holders import taught_by
from competence.services.changes import record_change
from competence.services.record import Entry, record_many
from competence.services.segments import rebuild
from kb.addressees import circles_of
from kb.choices import Manner
from kb.models import Acknowledgement, ArticlePage, ArticleVersion, ChangeNotice, VersionState
from kb.models.changes import PendingChange
from kb.services.change_repair import repair_changes
from kb.services.interrupting import TOLD_FOR, tell_of_change
from kb.services.teaching import follow_risks
from lms.demo.edition import EDITIONS, Edition
from notifications.models import Notification
from people.models import Employee, User

ANSWERED = 0.88
# Anna has one change open, the one that the story is about.
LEFT_BY_ANNA = "telephony-forwarding"


@dataclass
class _Told:
    """What is needed to tell the year."""

    now: datetime.datetime
    rng: random.Random
    editor: User
    approver: User
    anna: Employee
    checks: list[Entry] = field(default_factory=list)

    def moment(self, days_ago: float) -> datetime.datetime:
        """So many days before now; ahead for a negative number."""
        return self.now - datetime.timedelta(days=days_ago)


def seed_changes(*, cast: dict[str, Employee], now: datetime.datetime, seed: int) -> int:
    """Write the versions, notices, confirmations and checks; how many notices there are."""
    told = _Told(
        now,
        random.Random(seed + 5),
        cast["editor"].user,
        cast["second_editor"].user,
        cast["anna"],
    )
    for source_id, editions in EDITIONS.items():
        article = ArticlePage.objects.filter(source_id=source_id).first()
        if article is not None and article.version is not None:
            _tell(told, article, editions)
    record_many(told.checks, now=now, judge=False)
    follow_risks()
    rebuild(now=now)
    # What the publication of such a version did to inboxes; whoever has confirmed has read it.
    _tell_everybody(now)
    repair_changes(now=now)
    _mark_read(now)
    return ChangeNotice.objects.count()


def _tell(told: _Told, article: ArticlePage, editions: tuple[Edition, ...]) -> None:
    """Publish ``editions`` one after the other; the last one in force reads as the article does now."""
    snapshots = _backwards(article.snapshot(), editions)
    for edition, snapshot in zip(editions, snapshots, strict=True):
        at = told.moment(max(edition.days_ago, 0))
        version = ArticleVersion.announce(
            article=article,
            snapshot=snapshot,
            effective_at=told.moment(edition.days_ago),
            approved_by=told.approver,
            revision_id=None,
            now=at,
        )
        if edition.days_ago >= 0:
            VersionState.objects.bring_into_force(version, now=at)
            ArticlePage.objects.filter(pk=article.pk).update(
                version=version.number, last_published_at=at
            )
        if edition.now:
            _announce(told, article, version, edition, at)


def _backwards(newest: Mapping[str, Any], editions: tuple[Edition, ...]) -> list[dict[str, Any]]:
    """The text of each edition: the newest in force is the article's own, later ones are ahead of it."""
    held = [edition for edition in editions if edition.days_ago >= 0]
    texts = [dict(newest)] if held else []
    for edition in reversed(held[1:]):
        texts.insert(0, _with(texts[0], {new: old for old, new in edition.phrases.items()}))
    for edition in editions[len(held) :]:
        texts.append(_with(newest, edition.phrases))
    return texts


def _with(snapshot: Mapping[str, Any], phrases: Mapping[str, str]) -> dict[str, Any]:
    """``snapshot`` with phrases replaced, also inside the JSON of the body, where letters may be escaped."""
    answer, body = snapshot["answer"], json.dumps(json.loads(snapshot["body"]), ensure_ascii=False)
    for before, after in phrases.items():
        answer, body = answer.replace(before, after), body.replace(before, after)
    return {**snapshot, "answer": answer, "body": json.dumps(json.loads(body))}


def _announce(
    told: _Told,
    article: ArticlePage,
    version: ArticleVersion,
    edition: Edition,
    at: datetime.datetime,
) -> None:
    said = PendingChange(
        article=article,
        size=edition.size,
        was=edition.was,
        now=edition.now,
        say=edition.say,
        for_customers=edition.for_customers,
        waiver=edition.waiver,
        written_by=told.editor,
    )
    notice = ChangeNotice.of_version(version, said, by=told.editor)
    if not notice.asks:
        return
    record_change(
        article_uuid=article.uuid,
        number=version.number,
        published_at=at,
        effective_at=notice.effective_at,
        by=told.approver,
        now=at,
    )
    _confirm(told, article, notice)


def _confirm(told: _Told, article: ArticlePage, notice: ChangeNotice) -> None:
    """Everybody has confirmed what is old; of what is new, most have."""
    competences = taught_by([article.uuid])[article.uuid]
    shown = CompetenceEvent.objects.filter(
        competence__in=competences, recorded_at__lt=notice.announced_at
    )
    holders = Employee.objects.filter(pk__in=shown.values("employee"), left_on=None)
    is_old = told.now - notice.announced_at > datetime.timedelta(days=30)
    for employee in holders.select_related("user").order_by("pk"):
        if article.source_id == LEFT_BY_ANNA and employee.pk == told.anna.pk and not is_old:
            continue
        if not is_old and employee.pk != told.anna.pk and told.rng.random() > ANSWERED:
            continue
        at = _moment_after(told, notice)
        Acknowledgement.append(
            recorded_at=at,
            employee_id=employee.pk,
            version_id=notice.version_id,
            article_uuid=notice.article_uuid,
            number=notice.number,
            manner=Manner.STATED.value,
            questions=0,
            actor_id=employee.user_id,
            key=uuid.UUID(int=told.rng.getrandbits(128)),
        )
        own = set(shown.filter(employee=employee).values_list("competence_id", flat=True))
        told.checks += [
            Entry(
                employee=employee,
                type=EventType.CHECK,
                source=("confirmation", f"{notice.article_uuid}:{notice.number}"),
                competence=competence,
                recorded_at=at,
                basis=((notice.article_uuid, notice.number),),
                by=employee.user,
            )
            for competence in competences
            if competence.pk in own
        ]


def _moment_after(told: _Told, notice: ChangeNotice) -> datetime.datetime:
    """Within three days of the announcement, and never after now."""
    hours = told.rng.uniform(0, 70)
    return min(notice.announced_at + datetime.timedelta(hours=hours), told.now)


def _tell_everybody(now: datetime.datetime) -> None:
    """Each change was told on its day, whatever day and hour the demo is made at."""
    recent = ChangeNotice.objects.telling().standing().filter(announced_at__gt=now - TOLD_FOR)
    notices = list(recent.order_by("announced_at", "pk"))
    circles = circles_of(notices, now)
    for notice in notices:
        circle = circles[notice.pk]
        tell_of_change(
            notice=notice,
            recipients=[one.employee for one in circle.people.values()],
            is_urgent=notice.asks and circle.is_urgent,
            now=now,
        )


def _mark_read(now: datetime.datetime) -> None:
    for notice in ChangeNotice.objects.asking():
        confirmed = Acknowledgement.objects.filter(version=notice.version_id)
        Notification.objects.filter(
            event_key=f"kb.article_changed:{notice.pk}",
            recipient__in=confirmed.values("employee"),
        ).update(read_at=now)
