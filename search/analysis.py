"""Text analysis shared by every engine: from text to words, from words to terms, with offsets for marking.

Pure: no Django. A *word* is what stands in the text, folded; a *term* is its dictionary form, which is
what the index stores. ``VERSION`` changes whenever the same text would give other terms: an index built
by another version is rebuilt, never mixed.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import pymorphy3
import Stemmer

VERSION = 2

MAX_WORD = 60
"""Longer runs of letters are not words; they are cut, so that no text can bloat the dictionary."""

TOKEN = re.compile(r"[^\W_]+(?:[-./@+#_:][^\W_]+|_+[^\W_]+)*")
SEPARATORS = re.compile(r"[-./@+#_:]+")
MODEL = re.compile(r"([^\W\d_]+)(\d+)")
"""A name with its number: ``битрикс24`` is met by ``битрикс`` and ``битрикс 24``, ``g711`` by ``G.711``."""

RUSSIAN_WORD = re.compile(r"[а-я]+")
"""What the dictionary is asked about: on letters of rare scripts it fails."""

PLAIN = re.compile("[\x00-\x7fА-Яа-яЁё«»„“”–—…№]*")
"""What nearly every text is made of: no letter of it grows or shrinks when it is folded."""

CYRILLIC = re.compile(r"[а-я]")
LATIN = re.compile(r"[a-z]")

_RUSSIAN_STOP_WORDS = """
и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот
от меня еще нет о из ему теперь когда даже ну ли если уже или ни быть был него до вас там потом себя ей
они тут где есть надо для мы тебя их чем была сам без раз тоже себе под будет кто этот того потому какой
здесь этом мой тем чтобы были куда зачем всех можно при об другой после над тот через эти нас про них
эту моя свою этой перед том такой им это также
"""
_ENGLISH_STOP_WORDS = """
the a an of to in for and or on with is are be by from at as it this that your you how what can do if
when into via does i my we
"""
STOP_WORDS = frozenset(f"{_RUSSIAN_STOP_WORDS} {_ENGLISH_STOP_WORDS}".split())


@dataclass(frozen=True, slots=True)
class Token:
    """One compound as it stands in a text: its folded parts, and where in the original it lies."""

    parts: tuple[str, ...]
    start: int
    end: int


def fold(text: str) -> str:
    """Fold what people type differently but mean alike: width, case, ё, stress marks."""
    folded = text.lower()
    if not folded.isascii():
        folded = (
            unicodedata.normalize("NFKC", folded).lower().replace("ё", "е").replace("\u0301", "")
        )
    return folded


def fold_in_place(text: str) -> str:
    """Fold letter by letter, so that every offset stays what it was; a letter that would grow is kept."""
    if text.isascii():
        return text.lower()
    if PLAIN.fullmatch(text):
        return text.lower().replace("ё", "е")
    return "".join(map(_fold_letter, text))


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    folded = fold(letter)
    return folded if len(folded) == 1 else letter


def tokens(text: str) -> Iterator[Token]:
    """Yield the compounds of ``text`` with their offsets in it; ``text`` should be in composed form (NFC)."""
    for match in TOKEN.finditer(fold_in_place(text)):
        yield Token(_parts(match.group()), match.start(), match.end())


@lru_cache(maxsize=20_000)
def _parts(compound: str) -> tuple[str, ...]:
    parts: list[str] = []
    for part in SEPARATORS.split(compound):
        model = MODEL.fullmatch(part)
        parts.extend(model.groups() if model else (part,))
    return tuple(part[:MAX_WORD] for part in parts if part)


def places(text: str) -> Iterator[re.Match[str]]:
    """Where the compounds of ``text`` stand, each folded: what ``tokens`` gives, without taking it apart."""
    return TOKEN.finditer(fold_in_place(text))


def parts(compound: str) -> tuple[str, ...]:
    """The parts of one folded compound."""
    return _parts(compound)


def compounds(text: str) -> list[tuple[str, ...]]:
    """The compounds of ``text`` in order, each as its parts; a plain word is a compound of one part."""
    return [_parts(match.group()) for match in TOKEN.finditer(fold(text))]


def words(text: str) -> list[str]:
    """The words of ``text`` in order: parts of compounds, and after them the compound as a whole."""
    found: list[str] = []
    for parts in compounds(text):
        found.extend(parts)
        if len(parts) > 1:
            found.append(whole(parts))
    return found


def whole(parts: tuple[str, ...]) -> str:
    """A compound as one word: ``im_notify_delete``, ``5_7_750``."""
    return "_".join(parts)[:MAX_WORD]


def is_compound(word: str) -> bool:
    """Whether ``word`` stands for a whole compound such as ``im_notify_delete``."""
    return "_" in word


def term(word: str) -> str:
    """The form under which ``word`` is indexed: Russian lemma, English stem, anything else as it is."""
    if is_compound(word):
        return word
    if RUSSIAN_WORD.fullmatch(word):
        return lemma(word)
    if LATIN.search(word):
        return stem(word)
    return word


def terms(text: str) -> list[str]:
    """The terms of ``text`` in order, one per entry of ``words(text)``."""
    return [term(word) for word in words(text)]


@lru_cache(maxsize=40_000)
def lemma(word: str) -> str:
    """Dictionary form of a Russian word by its most probable reading."""
    with _morphology_lock:
        return _morphology().parse(word)[0].normal_form.replace("ё", "е")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Snowball stem of an English word."""
    with _morphology_lock:
        return _english().stemWord(word)


_morphology_lock = threading.Lock()


@cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@cache
def _english() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english", 0)


def warm_up() -> None:
    """Load the dictionaries now and not with the first reader's query."""
    lemma("слово")
    stem("words")
