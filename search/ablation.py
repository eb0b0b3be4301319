"""Leaving out single steps of search, so that it can be measured what each of them is worth.

Only for ``manage.py evaluate_search``: whatever is left out is left out in the whole process.
"""

from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, contextmanager
from typing import Any

from search import families, layout_repair, ranking, spelling, thesaurus, understanding
from search.engines import plan


class UnknownStep(ValueError):
    """There is no step of that name; the message says which there are."""


Change = tuple[Any, str, Any]
"""Whose attribute, which, and what stands in its place."""


def _none(*args: Any, **options: Any) -> list:
    return []


def _only(keep: Callable[[plan.Look], bool]) -> Callable[..., list[plan.Look]]:
    looks_of = plan.looks_of

    def some(understood: Any, weight_of: Any) -> list[plan.Look]:
        return [look for look in looks_of(understood, weight_of) if keep(look)]

    return some


def _as_typed(self: Any, understood: Any, vocabulary: Any, *, language: str = "") -> list:
    return [thesaurus.Reading(understood)]


STEPS: dict[str, Callable[[], list[Change]]] = {
    "layout": lambda: [(layout_repair, "repair", lambda query, vocabulary: query)],
    "sound": lambda: [(understanding, "_sounding", _none), (understanding, "_sounding_too", _none)],
    "typo": lambda: [(spelling, "may_be_corrected", lambda word: False)],
    "completion": lambda: [(understanding, "BEGUN", understanding.MAX_LENGTH)],
    "families": lambda: [
        (families, "family", lambda term: ""),
        (ranking, "family", lambda term: ""),
    ],
    "paraphrases": lambda: [(thesaurus.Widened, "paraphrases", lambda self, terms: {})],
    "glossary": lambda: [(understanding, "_is_foreign", lambda query, into: False)],
    "synonyms": lambda: [(thesaurus.Thesaurus, "readings", _as_typed)],
    "passages": lambda: [(plan, "looks_of", _only(lambda look: look.road == "articles"))],
    "all words": lambda: [(plan, "looks_of", _only(lambda look: not look.whole))],
    "neighbours": lambda: [(plan, "_neighbours", lambda groups, weight_of: ())],
    "title": lambda: [(ranking, "TITLE", 0.0)],
    "trouble": lambda: [(ranking, "TROUBLE", 0.0)],
    "title begun": lambda: [(ranking, "TITLE_BEGUN", 0.0)],
}
"""Every step that can be left out, and what that changes."""


@contextmanager
def without(names: Iterable[str]) -> Generator[None]:
    """Search without the steps called ``names``. Raises ``UnknownStep``."""
    names = list(names)
    for name in names:
        if name not in STEPS:
            raise UnknownStep(f"there is no step “{name}”; there are {', '.join(STEPS)}")
    with ExitStack() as afterwards:
        for name in names:
            for owner, attribute, other in STEPS[name]():
                afterwards.callback(setattr, owner, attribute, getattr(owner, attribute))
                setattr(owner, attribute, other)
        yield
