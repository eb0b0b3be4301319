"""The catalogue of competences, what positions require, the ledger of evidence, and the cache of its judgements."""

from competence.models.cache import CellSegment
from competence.models.catalogue import Area, Competence, CompetenceArticle, LevelAnchor
from competence.models.changes import MaterialChange
from competence.models.ledger import CompetenceEvent, EventBasis, EventNote
from competence.models.observations import Observation, OverrideProposal
from competence.models.requirements import PositionRequirement, Queue, RecertificationWindow

__all__ = [
    "Area",
    "CellSegment",
    "Competence",
    "CompetenceArticle",
    "CompetenceEvent",
    "EventBasis",
    "EventNote",
    "LevelAnchor",
    "MaterialChange",
    "Observation",
    "OverrideProposal",
    "PositionRequirement",
    "Queue",
    "RecertificationWindow",
]
