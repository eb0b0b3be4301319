"""One notice in full, with the text it is about."""

import datetime
from dataclasses import dataclass

from kb.addressees import Addressee, joint_circles, minutes_for, together
from kb.choices import State
from kb.differences import Shown, compare, unmarked
from kb.extensions import Asked
from kb.models import Acknowledgement, ArticlePage, ArticleVersion, ChangeNotice, VersionState
from kb.paragraphs import paragraphs_of
from kb.selectors.progress import progress_of
from kb.services.confirming import questions_of
from people.models import Employee
from people.viewer import Viewer


@dataclass(frozen=True)
class Part:
    """One article of a package, with its text."""

    notice: ChangeNotice
    article: ArticlePage | None
    text: list[Shown]


@dataclass(frozen=True)
class NoticeReading:
    """One notice in full, for one reader."""

    notice: ChangeNotice
    article: ArticlePage | None
    addressee: Addressee | None
    acknowledgement: Acknowledgement | None
    asked: Asked
    text: list[Shown]
    is_ahead: bool
    parts: list[Part]

    @property
    def must_answer(self) -> bool:
        """Whether this reader has something to do here."""
        return (
            self.addressee is not None
            and self.addressee.must_confirm
            and self.acknowledgement is None
            and self.notice.withdrawn_at is None
        )

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return minutes_for(len(self.asked.questions))


def read_notice(viewer: Viewer, notice_id: int, at: datetime.datetime) -> NoticeReading | None:
    """A notice with the text it is about, if ``viewer`` may read it.

    Of a version that still waits only its addressees know, who edits, and who leads them.
    """
    notice = (
        ChangeNotice.objects.visible_to(viewer, at)
        .select_related("version__state", "withdrawn_by", "package")
        .filter(pk=notice_id)
        .first()
    )
    if notice is None or not notice.tells:
        return None
    employee = Employee.objects.filter(pk=viewer.employee_id).first()
    addressee = None
    if employee is not None:
        circle = joint_circles([notice], at, employee_id=employee.pk)[notice.pk]
        addressee = circle.people.get(employee.pk)
    is_ahead = notice.version.state.state == State.ANNOUNCED
    if is_ahead and addressee is None and not _may_know_ahead(viewer, notice, at):
        return None
    asked = Asked()
    acknowledgement = None
    if employee is not None:
        acknowledgement = Acknowledgement.objects.filter(
            version=notice.version_id, employee=employee
        ).first()
        if notice.asks and addressee is not None and addressee.must_confirm:
            asked = questions_of(notice, employee, at)
    return NoticeReading(
        notice=notice,
        article=ArticlePage.objects.visible_to(viewer, at)
        .filter(uuid=notice.article_uuid)
        .defer("body")
        .first(),
        addressee=addressee,
        acknowledgement=acknowledgement,
        asked=asked,
        text=text_of(notice.version),
        is_ahead=is_ahead,
        parts=_parts(notice, viewer, at),
    )


def _parts(notice: ChangeNotice, viewer: Viewer, at: datetime.datetime) -> list[Part]:
    """What the package of ``notice`` changes, article by article, as far as ``viewer`` may know; [] without one."""
    if notice.package_id is None:
        return []
    seen = ChangeNotice.objects.visible_to(viewer, at).filter(package=notice.package_id)
    allowed = set(seen.values_list("pk", flat=True))
    group = [one for one in together([notice])[notice.pk] if one.pk in allowed]
    readable = ArticlePage.objects.visible_to(viewer, at).defer("body")
    articles = {
        one.uuid: one for one in readable.filter(uuid__in=[one.article_uuid for one in group])
    }
    return [Part(one, articles.get(one.article_uuid), text_of(one.version)) for one in group]


def _may_know_ahead(viewer: Viewer, notice: ChangeNotice, at: datetime.datetime) -> bool:
    """Of what still waits, who edits knows, and who leads those it will ask."""
    return viewer.edits_knowledge or (
        bool(viewer.led_team_ids) and bool(progress_of(viewer, at, notices=[notice]))
    )


def text_of(version: ArticleVersion) -> list[Shown]:
    """The text of ``version`` with what changed since the one before that readers had. Two queries."""
    after = paragraphs_of(version.snapshot)
    before = version_before(version)
    return compare(paragraphs_of(before.snapshot), after) if before else unmarked(after)


def version_before(version: ArticleVersion) -> ArticleVersion | None:
    """The version that readers had before this one."""
    held = VersionState.objects.filter(
        article_uuid=version.article_uuid, number__lt=version.number, in_force_at__isnull=False
    )
    number = held.order_by("-number").values_list("number", flat=True).first()
    return ArticleVersion.objects.filter(article_uuid=version.article_uuid, seq=number).first()
