"""Questions of every kind as authors could have written them, for properties that hold for all."""

import string

from hypothesis import strategies as st

from certification.exchange.identity import key_of
from certification.exchange.items import Item
from certification.kinds.lists import FIRST_SIGNS, SIGNS
from certification.kinds.texts import words_of

# Every sign that any of the formats gives a meaning to, and letters of several scripts.
ALPHABET = (
    "абвё АЯ" + string.ascii_letters[:6] + "0123456789 " + "~=#{}:\\%$[]<>&;'\"|*!+-_.,/@→«»№ émא"
)


def line(longest: int = 40, signs: str = ALPHABET):
    """A text on one line, no idle spaces."""
    texts = st.text(signs, min_size=1, max_size=longest)
    return texts.map(lambda text: " ".join(text.split())).filter(bool)


def lines(longest: int = 4):
    """A text of several lines, an empty one between some of them."""
    return (
        st.lists(st.one_of(line(), st.just("")), min_size=1, max_size=longest)
        .map(lambda parts: "\n".join(parts).strip("\n"))
        .filter(lambda text: text.strip() and "\n\n\n" not in text)
    )


def distinct(part, least: int, most: int):
    """Several different ones."""
    return st.lists(part, min_size=least, max_size=most, unique_by=str.casefold)


words = line(20).filter(lambda text: bool(words_of(text)))
entries = line(20).filter(lambda text: not SIGNS.search(text) and not text.startswith(FIRST_SIGNS))
numbers = (
    st.decimals(-9999, 9999, places=3, allow_nan=False)
    .map(lambda value: f"{value:f}".rstrip("0").rstrip(".").replace("-0", "-0"))
    .map(lambda text: "0" if text == "-0" else text)
)
tolerances = numbers.map(lambda text: text.removeprefix("-"))
lefts = line(20).filter(lambda text: "→" not in text and "->" not in f"{text} ")


@st.composite
def listed(draw):
    choices = draw(distinct(entries, 2, 4))
    return {"choices": choices, "right": draw(st.integers(0, len(choices) - 1))}


@st.composite
def single(draw):
    texts = draw(distinct(line(), 2, 5))
    right = draw(st.integers(0, len(texts) - 1))
    return {"choices": [{"text": t, "right": i == right} for i, t in enumerate(texts)]}


@st.composite
def multiple(draw):
    texts = draw(distinct(line(), 2, 5))
    rights = draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)).filter(any))
    choices = [{"text": t, "right": r} for t, r in zip(texts, rights, strict=True)]
    return {"choices": choices, "partial": draw(st.booleans())}


@st.composite
def situational(draw):
    texts = draw(distinct(line(), 3, 5))
    middle = draw(st.lists(st.integers(0, 99), min_size=len(texts) - 2, max_size=len(texts) - 2))
    worths = draw(st.permutations([100, draw(st.integers(1, 99)), *middle]))
    return {"choices": [{"text": t, "worth": w} for t, w in zip(texts, worths, strict=True)]}


@st.composite
def matching(draw):
    left = draw(distinct(lefts, 2, 4))
    right = draw(distinct(line(20), len(left), len(left)))
    extra = draw(distinct(line(20).filter(lambda text: text not in right), 0, 2))
    pairs = [{"left": a, "right": b} for a, b in zip(left, right, strict=True)]
    return {"pairs": pairs, "extra": extra}


@st.composite
def gap(draw):
    gaps = draw(
        st.lists(
            st.one_of(
                listed().filter(lambda value: value["choices"][0][0] not in "=#"),
                st.fixed_dictionaries(
                    {"accepted": distinct(words.filter(lambda t: not SIGNS.search(t)), 1, 3)}
                ),
                st.fixed_dictionaries({"value": numbers, "tolerance": tolerances}),
            ),
            min_size=1,
            max_size=3,
        )
    )
    plain = line(20, "абв где.,")
    passage = " ".join(f"{draw(plain)} [[{place}]]" for place in range(1, len(gaps) + 1))
    return {"passage": passage, "gaps": gaps}


@st.composite
def mark(draw):
    texts = draw(st.lists(line().filter(lambda t: t[0] != "!"), min_size=2, max_size=5))
    wrong = draw(st.integers(0, len(texts) - 1))
    return {"lines": [{"text": t, "wrong": i == wrong} for i, t in enumerate(texts)]}


@st.composite
def classify(draw):
    names = draw(distinct(line(15).filter(lambda t: ":" not in t), 1, 3))
    return {"fields": [{"name": name, **draw(listed())} for name in names]}


@st.composite
def open_(draw):
    criteria = []
    for text in draw(distinct(line(), 1, 3)):
        points = draw(st.integers(1, 5))
        worths = {points, *draw(st.lists(st.integers(0, points), max_size=3))}
        anchors = [{"points": n, "text": draw(line())} for n in sorted(worths, reverse=True)]
        criteria.append({"text": text, "points": points, "anchors": anchors})
    return {"criteria": criteria, "model": draw(lines())}


def find():
    slugs = st.text(string.ascii_lowercase + "-", min_size=1, max_size=10)
    article = st.fixed_dictionaries(
        {"address": slugs.map(lambda slug: f"/kb/{slug}/"), "title": st.one_of(st.just(""), words)}
    )
    return st.fixed_dictionaries({"articles": st.lists(article, min_size=1, max_size=2)})


BODIES = {
    "single": single(),
    "multiple": multiple(),
    "true_false": st.fixed_dictionaries({"right": st.booleans()}),
    "short": st.fixed_dictionaries({"accepted": distinct(words, 1, 4)}),
    "numeric": st.fixed_dictionaries({"value": numbers, "tolerance": tolerances}),
    "ordering": st.fixed_dictionaries({"steps": distinct(line(), 2, 5)}),
    "matching": matching(),
    "gap": gap(),
    "find": find(),
    "mark": mark(),
    "classify": classify(),
    "situational": situational(),
    "open": open_(),
}


@st.composite
def items(draw, *, named: bool = True):
    """A question with everything that a format carries."""
    kind = draw(st.sampled_from(sorted(BODIES)))
    text, name = draw(lines()), draw(line(30)) if named else ""
    labels = line(15).filter(lambda label: not label.startswith("opora:"))
    category = tuple(draw(st.lists(line(10, "абв где-№"), max_size=2)))
    return Item(
        kind=kind,
        body=draw(BODIES[kind]),
        text=text,
        key=key_of(draw(line(20)), category, name, text),
        name=name,
        explanation=draw(st.one_of(st.just(""), lines())),
        category=category,
        tags=tuple(draw(distinct(labels, 0, 2))) if named else (),
        facts=draw(
            st.dictionaries(
                st.sampled_from(["competence", "level", "article"]), line(15), max_size=2
            )
        ),
    )
