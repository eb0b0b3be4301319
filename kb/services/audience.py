"""Who may read an article: the one way to change it. Not revisioned, always logged."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from common.events import emit
from kb.choices import Audience
from kb.events import AudienceChanged
from kb.models import ArticlePage, AudienceTeam
from kb.models.publishing import lock_article
from kb.refusals import AudienceRefused
from people.models import Team, User


def is_wider(audience: str, teams: Iterable[int], *, than: str, than_teams: Iterable[int]) -> bool:
    """Whether the first audience lets somebody read who could not by the second."""
    order = [Audience.TEAMS, Audience.INTERNAL, Audience.PUBLIC]
    if audience != than:
        return order.index(Audience(audience)) > order.index(Audience(than))
    return audience == Audience.TEAMS and bool(set(teams) - set(than_teams))


def may_set_audience(article: ArticlePage, user: User) -> bool:
    """Whether ``user`` may change the audience at all: who keeps the tree, not who only approves in it."""
    permissions = article.permissions_for_user(user)
    return user.is_superuser or (user.is_active and "change" in permissions.permissions)


@transaction.atomic
def set_audience(
    *,
    article: ArticlePage,
    audience: str,
    teams: Iterable[Team] = (),
    by: User | None,
    now: datetime.datetime,
) -> bool:
    """Let ``audience`` read ``article``, from this moment on and in every version; whether it changed.

    ``by`` is None for commands. Raises AudienceRefused if chosen teams are none, or if ``by`` widens what
    others have approved or are approving for fewer people, without the right to publish.
    """
    lock_article(article.pk)
    stored = ArticlePage.objects.get(pk=article.pk)
    wanted = sorted({team.pk for team in teams}) if audience == Audience.TEAMS else []
    if audience == Audience.TEAMS and not wanted:
        raise AudienceRefused(_("Choose at least one team."))
    before = sorted(stored.audience_teams.values_list("team_id", flat=True))
    if stored.audience == audience and before == wanted:
        return False
    wider = is_wider(audience, wanted, than=stored.audience, than_teams=before)
    if wider and by is not None:
        _refuse_widening_alone(stored, by)
    ArticlePage.objects.filter(pk=stored.pk).update(audience=audience)
    stored.audience_teams.exclude(team__in=wanted).delete()
    AudienceTeam.objects.bulk_create(
        AudienceTeam(article=stored, team_id=pk) for pk in wanted if pk not in before
    )
    article.audience = audience
    log(
        instance=stored,
        action="kb.audience",
        user=by,
        timestamp=now,
        data={
            "before": {"audience": stored.audience, "teams": before},
            "after": {"audience": audience, "teams": wanted},
            "wider": wider,
        },
    )
    emit(AudienceChanged(article_id=stored.pk))
    return True


def _refuse_widening_alone(article: ArticlePage, by: User) -> None:
    if article.permissions_for_user(by).can_publish():
        return
    if article.version is not None:
        raise AudienceRefused(
            _("This article is in force for fewer people. An administrator can open it to more.")
        )
    if article.workflow_in_progress:
        raise AudienceRefused(
            _("This article is being reviewed for fewer people. Cancel the review first.")
        )
