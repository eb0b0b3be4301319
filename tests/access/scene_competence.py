"""Records of the scene: what happened to somebody's competences, with canaries in what is personal."""

import datetime
import uuid

from competence.choices import EventType
from competence.models import (
    Area,
    Competence,
    CompetenceArticle,
    OverrideProposal,
    PositionRequirement,
    Queue,
    RecertificationWindow,
)
from competence.services.record import Entry, record
from kb.models import ArticlePage
from tests.access.canaries import Canaries
from tests.access.roles import READS_ALL_PEOPLE, READS_NEWCOMER
from tests.access.scene_people import ScenePeople


class SceneCompetence:
    """A catalogue, and the records of the newcomer and the stranger."""

    def __init__(
        self, canaries: Canaries, people: ScenePeople, article: ArticlePage, now: datetime.datetime
    ) -> None:
        self.canaries, self.now = canaries, now
        self.area = Area.objects.create(name="Телефония")
        self.competence = Competence.objects.create(area=self.area, name="IP-телефония")
        self.queue = Queue.objects.create(name="Звонки")
        self.requirement = PositionRequirement.objects.create(
            position=people.position,
            competence=self.competence,
            level=2,
            queue=self.queue,
            starts_on=people.today - datetime.timedelta(days=300),
        )
        self.window = RecertificationWindow.objects.create(
            name="Весна", starts_on=people.today, ends_on=people.today
        )
        # A record names the article behind a cell, to whoever may read that article.
        CompetenceArticle.objects.create(competence=self.competence, article_uuid=article.uuid)
        self.by = people.cast["reviewer"].user
        self.proposed_by = people.cast["lead"].user
        self.events, self.proposals = [], []
        self._happen("newcomer", people.cast["newcomer"], READS_NEWCOMER)
        self._happen("stranger", people.others["stranger"], READS_ALL_PEOPLE)

    def _happen(self, name: str, employee, allowed) -> None:
        put = self.canaries.put
        # Who signed for something sees what they signed.
        signed = allowed | {"reviewer"}
        self.events.append(
            record(
                Entry(
                    employee=employee,
                    competence=self.competence,
                    type=EventType.OBSERVATION,
                    source=("scene", name),
                    rating=2,
                    call=put(f"{name}.call", allowed=signed),
                    by=self.by,
                    note=put(f"{name}.note", allowed=signed),
                ),
                now=self.now,
            )
        )
        self.proposals.append(
            OverrideProposal.objects.create(
                employee=employee,
                competence=self.competence,
                level=2,
                until=employee.hired_on,
                reason=put(f"{name}.override", allowed=allowed),
                proposed_by=self.proposed_by,
                proposed_at=self.now,
                key=uuid.uuid4(),
            )
        )
