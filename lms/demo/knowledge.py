"""The demo company's knowledge base: our own Markdown files, read by the importer that customers use."""

import datetime
import hashlib
from pathlib import Path

from kb.importing.documents import SourceDocument
from kb.importing.services import import_articles
from kb.importing.sources import source_of
from kb.models import ArticlePage, SectionPage
from lms.demo.edition import EDITIONS
from people.models import Employee

FOLDER = Path(__file__).parent / "articles"
SECTION_OWNERS = {
    "Телефония": "editor",
    "Оборудование": "second_editor",
    "Интеграции": "editor",
    "Тарифы и биллинг": "second_editor",
    "Правила сервиса": "ilya",
}
# Articles whose text is fresh on the day of seeding, by days before it; the others are spread over the year.
FRESH = {
    "telephony-incident-mobile": 0,
    "integrations-bitrix24-card": 2,
    "service-identification": 4,
}
OLDEST_DAYS = 230
# These have versions of later (``lms.demo.edition``), so they were imported first of all.
BEFORE_EDITIONS_DAYS = 330
# Waits for somebody's approval, so that an editor has something to do.
SUBMITTED = "integrations-callback-widget"
SUBMITTED_ANSWER_END = " Проверьте также, что домен сайта добавлен в список разрешённых."


def seed_articles(*, cast: dict[str, Employee], now: datetime.datetime) -> None:
    """Import the articles with their owners and a past, and leave one draft waiting for approval.

    Raises RuntimeError if a file of ours cannot be imported whole.
    """
    report = import_articles(
        documents=source_of(FOLDER),
        by=cast["second_editor"].user,
        now=now,
        owners=cast,
        published_at=lambda document: now - datetime.timedelta(days=_days_ago(document)),
    )
    if report.refused_count:
        raise RuntimeError(f"Articles of the demo were refused: {report.as_json()['refused']}")
    _give_sections_owners(cast)
    _submit_one(cast)


def _days_ago(document: SourceDocument) -> int:
    if document.source_id in FRESH:
        return FRESH[document.source_id]
    if document.source_id in EDITIONS:
        return BEFORE_EDITIONS_DAYS
    digest = hashlib.sha256(document.source_id.encode()).digest()
    return 5 + int.from_bytes(digest[:4]) % (OLDEST_DAYS - 5)


def _give_sections_owners(cast: dict[str, Employee]) -> None:
    root = SectionPage.objects.get(depth=2)
    for section in SectionPage.objects.filter(depth__gte=3).order_by("path"):
        top = SectionPage.objects.get(path=section.path[: 3 * SectionPage.steplen])
        section.content_owner = cast[SECTION_OWNERS.get(top.title, "editor")]
        section.save(update_fields=["content_owner"])
    root.content_owner = cast["ilya"]
    root.save(update_fields=["content_owner"])


def _submit_one(cast: dict[str, Employee]) -> None:
    article = ArticlePage.objects.get(source_id=SUBMITTED)
    article.answer += SUBMITTED_ANSWER_END
    article.save_revision(user=cast["editor"].user, log_action=True)
    article.get_workflow().start(article, cast["editor"].user)
