"""What people asked the knowledge base in the last five weeks, so that the week's page has something to say."""

import datetime
import json
import random
from pathlib import Path

from kb.models import ArticlePage
from search import log
from search.models import Ending, SearchLog

ASKED = [
    json.loads(line)
    for line in (Path(__file__).parent / "queries.jsonl").read_text().splitlines()
    if line.strip()
]
WEEKS = 5
# What a new thing in the product makes people ask, and the base has no words for yet.
RISING = "перенос номера с esim"
UNANSWERED = ("рассрочка на шлюз", "бот в телеграме для клиентов", "переезд офиса чек-лист")


def seed_searches(*, seed: int, now: datetime.datetime) -> None:
    """A busy house: some questions every week, a few that nobody finds, one that rises."""
    rng = random.Random(seed)
    articles = dict(ArticlePage.objects.values_list("source_id", "uuid"))
    rows = []
    for week in range(WEEKS):
        for place, asked in enumerate(ASKED[:60]):
            # A few questions are asked all the time, most of them now and then.
            for _time in range(rng.randrange(0, 9 if place % 12 == 0 else 3)):
                found = articles.get(asked["rel"][0]) if asked["rel"] else None
                rows.append(
                    _row(rng, asked["q"], week, now, opened=found, hits=rng.randrange(3, 20))
                )
        for query in UNANSWERED:
            rows += [_row(rng, query, week, now) for _time in range(rng.randrange(1, 3))]
    rows += [_row(rng, RISING, week, now) for week in (0, 1, 1, 1, 1, 1)]
    SearchLog.objects.bulk_create(rows)


def _row(rng, query, week, now, *, opened=None, hits=0) -> SearchLog:
    """One search at some moment ``week`` weeks ago, by one of forty people."""
    ending = Ending.OPENED if opened else Ending.ENTERED
    return SearchLog(
        asked_at=now - datetime.timedelta(weeks=week, minutes=rng.randrange(60, 7 * 24 * 60)),
        query=query,
        query_key=log.key_of(query),
        who=f"demo {rng.randrange(40)}",
        staff=rng.random() < 0.9,
        hits=hits,
        ending=ending,
        opened=opened,
        milliseconds=rng.randrange(3, 25),
    )
