"""How search is, for whoever watches the site: said in words, never a reason to send no traffic."""

from search import changes
from search.engines import chosen
from search.engines.base import EngineTrouble, Index, IndexUnavailable

FAR_BEHIND = 1_000
"""Changes an index has not seen after which it is worth saying."""


def notes() -> list[str]:
    """What is not as it should be, one sentence each; none: all is well."""
    target = changes.position()
    return [note for index in chosen.kept() if (note := _note(index, target))]


def _note(index: Index, target) -> str:
    try:
        at = index.position()
    except IndexUnavailable as reason:
        return f"search ({index.name}): {reason}"
    except EngineTrouble as reason:
        return f"search ({index.name}): away, the local index answers: {reason}"
    if at.epoch != target.epoch:
        return f"search ({index.name}): the index is of another database and is being rebuilt"
    behind = target.seq - at.seq
    return f"search ({index.name}): {behind} changes behind" if behind > FAR_BEHIND else ""
