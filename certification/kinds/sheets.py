"""Answers that are several fields of one sheet, in its order."""

from collections.abc import Callable, Sequence

from certification.kinds.base import NotAnAnswer


def aligned(given: Sequence[str], fields: int, may_be: Callable[[int, str], bool]) -> list[str]:
    """``given`` with a text for each field, empty where nothing was said; nothing at all where all are.

    Raises NotAnAnswer for more texts than fields and for one that cannot stand in its field.
    """
    if len(given) > fields:
        raise NotAnAnswer("more_than_fields")
    if not all(isinstance(text, str) for text in given):
        raise NotAnAnswer("not_a_text")
    texts = [text.strip() for text in given]
    texts += [""] * (fields - len(texts))
    if not any(texts):
        return []
    if not all(may_be(place, text) for place, text in enumerate(texts) if text):
        raise NotAnAnswer("unknown_choice")
    return texts
