"""What search keeps in the database: what the index must follow, what was asked, and the words editors gave."""

from search.models.glossary import GlossaryEntry, Origin
from search.models.index import IndexChange, IndexClock, Worded
from search.models.log import Ending, LogKey, SearchLog
from search.models.pins import PinnedResult
from search.models.synonyms import Direction, SynonymSet
from search.models.used import UsedAnswer

__all__ = [
    "Direction",
    "Ending",
    "GlossaryEntry",
    "IndexChange",
    "IndexClock",
    "LogKey",
    "Origin",
    "PinnedResult",
    "SearchLog",
    "SynonymSet",
    "UsedAnswer",
    "Worded",
]
