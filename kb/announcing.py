"""Which notice goes with a version that is being published, and which are refused."""

import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from competence.choices import Risk
from competence.selectors.holders import concerned_cells, taught_by
from kb.choices import ChangeSize
from kb.extensions import confirmation
from kb.models.changes import ChangeNotice, PendingChange, SaysWhatChanged
from kb.models.versions import ArticleVersion
from kb.refusals import ChangeRefused
from people.models import Employee, User

NEEDS_A_QUESTION = (Risk.HIGH, Risk.CRITICAL)


def notice_for(
    version: ArticleVersion,
    *,
    article_pk: int,
    instead_of: ArticleVersion | None,
    by: User | None,
    now: datetime.datetime,
) -> ChangeNotice | None:
    """The notice of ``version``: what was said beside the draft, else of the version it stands ``instead_of``.

    A minor change of which nothing was said has none. Raises ChangeRefused.
    """
    pending = PendingChange.objects.filter(article=article_pk).first()
    said: PendingChange | ChangeNotice | None = pending
    if said is None and instead_of is not None:
        said = ChangeNotice.objects.filter(version=instead_of, withdrawn_at__isnull=True).first()
    notice = None
    if said is not None and any(value for name, value in said.words().items() if name != "size"):
        if said.size == ChangeSize.MINOR:
            said.waiver = ""
        refuse_unsaid(said)
        notice = ChangeNotice.of_version(version, said, by=by)
        if notice.asks:
            refuse_unasked(
                version, article_uuid=version.article_uuid, waiver=notice.waiver, now=now
            )
    elif said is not None:
        refuse_unsaid(said)
    if pending is not None:
        pending.delete()
    return notice


def refuse_unsaid(said: SaysWhatChanged) -> None:
    """Raise ChangeRefused if people would be told of a change that nobody put into words."""
    if said.tells and not said.now.strip():
        raise ChangeRefused(missing_words())


def missing_words() -> str:
    """What is said to who leaves out what holds now."""
    return _("Say what holds now: people are told of this change, and a title tells them nothing.")


def refuse_unasked(
    version: ArticleVersion | None, *, article_uuid: UUID, waiver: str, now: datetime.datetime
) -> None:
    """Raise ChangeRefused if nobody could be asked, or a high risk would go without a question or a reason.

    Before there is a ``version`` only the first is known for sure.
    """
    competences = taught_by([article_uuid])[article_uuid]
    if not competences:
        raise ChangeRefused(
            _(
                "The article teaches no competence, so nobody can be asked to confirm it. "
                "Name its competences, or choose “Notify”."
            )
        )
    risky = any(one.risk in NEEDS_A_QUESTION for one in competences)
    if version is None or waiver.strip() or not risky:
        return
    cells = concerned_cells([one.pk for one in competences], timezone.localdate(now))
    asked = [cell.employee_id for cell in cells if cell.target is not None]
    if asked and not _has_questions(version, Employee.objects.get(pk=asked[0])):
        raise ChangeRefused(
            _(
                "The risk is high and no question rests on this version. "
                "Confirm a question for it, or say why it goes without one."
            )
        )


def _has_questions(version: ArticleVersion, employee: Employee) -> bool:
    return any(provider.asked(version, employee).questions for provider in confirmation)
