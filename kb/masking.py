"""Taking out of a customer's words what might say who they are. Pure."""

import re

ADDRESS = re.compile(r"\S+@\S+")
# Five figures and more, also apart by what people put between them: telephones, contracts, cards.
NUMBER = re.compile(r"\+?\d(?:[\s().-]{0,2}\d){4,}")
HIDDEN = "…"


def masked(words: str) -> str:
    """``words`` without mail addresses and long numbers; codes of errors and prices stay."""
    return NUMBER.sub(HIDDEN, ADDRESS.sub(HIDDEN, words))


def sameness(words: str) -> str:
    """What makes two remarks the same: their words without case, ё, signs and spaces between them."""
    return " ".join(re.findall(r"\w+", words.casefold().replace("ё", "е")))
