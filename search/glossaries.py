"""Keeping the glossary: learning it anew from titles, without touching what editors decided."""

import datetime

from django.db import transaction

from kb.models import ArticlePage
from search import glossary
from search.models import GlossaryEntry, IndexClock, Origin

KEPT = ("russian", "english", "titles", "strength")


@transaction.atomic
def learn_from_titles(*, now: datetime.datetime) -> int:
    """Learn from all translated titles in force; how many entries changed. Safe to repeat.

    An entry that editors switched off stays off, and what they added stays theirs.
    """
    learned = {(p.russian_term, p.english_term): p for p in glossary.learn(_pairs_of_titles(now))}
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
            # Switched off ones stay: their titles may come back.
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


def _pairs_of_titles(now: datetime.datetime) -> list[tuple[str, str]]:
    titles: dict[object, dict[str, str]] = {}
    rows = ArticlePage.objects.in_force(now).order_by()
    for group, language, title in rows.values_list("translation_group", "language", "title"):
        titles.setdefault(group, {})[language] = title
    return [(found["ru"], found["en"]) for found in titles.values() if {"ru", "en"} <= set(found)]
