"""Keeping the glossary: learning it anew from translated articles, without touching what editors decided."""

import datetime
from collections.abc import Iterator

from django.db import transaction

from kb.models import ArticlePage
from search import glossary, texts
from search.models import GlossaryEntry, IndexClock, Origin

KEPT = ("russian", "english", "seen", "strength")

AT_ONCE = 200

MOST = 3_000
"""So many pairs of articles, the newest, are enough to learn from and keep the work under a minute."""


def learn_from_translations(*, now: datetime.datetime) -> int:
    """Learn from all translated articles in force; how many entries changed. Safe to repeat.

    An entry that editors switched off stays off, and what they added stays theirs.
    """
    # Thinking takes seconds: nobody waits for it to write.
    return _keep({(p.russian_term, p.english_term): p for p in glossary.learn(_segments(now))})


@transaction.atomic
def _keep(learned: dict[tuple[str, str], glossary.Pair]) -> int:
    standing = {(row.russian_term, row.english_term): row for row in GlossaryEntry.objects.all()}
    fresh = [
        GlossaryEntry(
            **{name: getattr(pair, name) for name in (*KEPT, "russian_term", "english_term")},
            origin=Origin.LEARNED,
        )
        for key, pair in learned.items()
        if key not in standing
    ]
    changed, gone = [], []
    for key, row in standing.items():
        if row.origin == Origin.ADDED:
            continue
        pair = learned.get(key)
        if pair is None:
            # Switched off ones stay: their texts may come back.
            gone += [row.pk] if row.active else []
        elif any(getattr(row, name) != getattr(pair, name) for name in KEPT):
            for name in KEPT:
                setattr(row, name, getattr(pair, name))
            changed.append(row)
    GlossaryEntry.objects.bulk_create(fresh, batch_size=100, ignore_conflicts=True)
    GlossaryEntry.objects.bulk_update(changed, KEPT, batch_size=100)
    for start in range(0, len(gone), 500):
        GlossaryEntry.objects.filter(pk__in=gone[start : start + 500]).delete()
    number = len(fresh) + len(changed) + len(gone)
    if number:
        IndexClock.renew_wording()
    return number


def _segments(now: datetime.datetime) -> Iterator[tuple[str, str]]:
    """Russian and English texts that say the same: titles, and the headings and paragraphs of equal structure."""
    pairs = _pairs(now)
    for start in range(0, len(pairs), AT_ONCE):
        chunk = pairs[start : start + AT_ONCE]
        articles = ArticlePage.objects.only("title", "body").in_bulk(
            [article for pair in chunk for article in pair]
        )
        for pair in chunk:
            if all(article in articles for article in pair):
                yield from _aligned(*(articles[article] for article in pair))


def _aligned(russian: ArticlePage, english: ArticlePage) -> Iterator[tuple[str, str]]:
    yield russian.title, english.title
    (ours, _), (theirs, _) = (texts.of_body(page.body.raw_data) for page in (russian, english))
    for name in ("headings", "paragraphs"):
        one, other = getattr(ours, name), getattr(theirs, name)
        if len(one) == len(other):
            yield from zip(one, other, strict=True)


def _pairs(now: datetime.datetime) -> list[tuple[int, int]]:
    """The articles in force that translate each other."""
    groups: dict[object, dict[str, int]] = {}
    rows = ArticlePage.objects.in_force(now).order_by()
    for group, language, pk in rows.values_list("translation_group", "language", "pk"):
        groups.setdefault(group, {})[language] = pk
    return sorted(
        (found["ru"], found["en"]) for found in groups.values() if {"ru", "en"} <= set(found)
    )[-MOST:]
