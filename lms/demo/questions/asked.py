"""What a question of the demo is. Answers stand in the notation of their kind (``certification.kinds``)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """One question; ``answers`` in the notation of its kind."""

    article: str
    text: str
    answers: str
    why: str = ""
    kind: str = "single"


Bank = dict[str, tuple[int, tuple[Asked, ...]]]
"""Competence: the level its questions show, and the questions."""
