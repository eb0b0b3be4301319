"""The demo company's competences: areas, levels in words, articles that teach them, what positions require."""

from dataclasses import dataclass

from competence.choices import Kind, Risk
from competence.models import (
    Area,
    Competence,
    CompetenceArticle,
    LevelAnchor,
    PositionRequirement,
    Queue,
)
from kb.models import ArticlePage
from lms.demo import cast
from people.models import Position

GREETING = "Приветствие"
HARD_TALK = "Трудный разговор"
TELEPHONY = "IP-телефония"
CODES = "Коды ошибок"
TRANSFER = "Перевод звонка"
RECORDING = "Запись разговоров"
YEALINK = "Yealink"
ROUTERS = "Роутеры и NAT"
GATEWAYS = "Шлюзы и DECT"
PRIVACY = "Персональные данные"
TARIFFS = "Тарифы"
MENTORING = "Наставничество"


@dataclass(frozen=True)
class Draft:
    """One competence of the demo; ``anchors`` describe levels 1 to 3."""

    name: str
    kind: Kind
    risk: Risk
    articles: tuple[str, ...]
    anchors: tuple[str, str, str]


AREAS: dict[str, tuple[Draft, ...]] = {
    "Общение": (
        Draft(
            GREETING,
            Kind.QUALITY,
            Risk.LOW,
            ("service-call-standard",),
            (
                "Здоровается и называет себя по подсказке",
                "Здоровается, называет себя и компанию, спрашивает имя клиента",
                "Сразу берёт верный тон, в том числе с теми, кто звонит повторно",
            ),
        ),
        Draft(
            HARD_TALK,
            Kind.QUALITY,
            Risk.NORMAL,
            ("service-upset-customer", "service-complaint"),
            (
                "Дослушивает, зовёт старшего, если клиент повышает голос",
                "Признаёт неудобство, говорит, что и когда будет сделано",
                "Возвращает разговор к делу и заканчивает его договорённостью",
            ),
        ),
    ),
    "Телефония": (
        Draft(
            TELEPHONY,
            Kind.SKILL,
            Risk.HIGH,
            ("telephony-forwarding", "telephony-one-way-audio", "telephony-call-drops"),
            (
                "Находит статью и ведёт клиента по шагам вместе с наставником",
                "Решает типичные обращения без подсказки",
                "Разбирает случаи, которых нет в статьях, по журналу звонка",
            ),
        ),
        Draft(
            CODES,
            Kind.KNOWLEDGE,
            Risk.NORMAL,
            ("telephony-sip-codes", "telephony-error-488", "telephony-registration-errors"),
            (
                "Знает, где искать код и что он значит",
                "По коду называет причину и первый шаг",
                "По нескольким кодам видит, на чьей стороне сбой",
            ),
        ),
        Draft(
            TRANSFER,
            Kind.SKILL,
            Risk.NORMAL,
            ("service-hold-transfer",),
            (
                "Переводит, когда рядом наставник",
                "Предупреждает, ждёт ответа, представляет клиента одной фразой",
                "Решает, кому передать, если нужная линия занята",
            ),
        ),
        Draft(
            RECORDING,
            Kind.KNOWLEDGE,
            Risk.LOW,
            ("telephony-call-recording",),
            (
                "Знает, где включается запись и сколько хранится",
                "Объясняет, кому и как отдать запись",
                "Находит, почему записи нет, и что её вернёт",
            ),
        ),
    ),
    "Оборудование": (
        Draft(
            YEALINK,
            Kind.SKILL,
            Risk.NORMAL,
            ("equipment-yealink-setup",),
            (
                "Вводит учётную запись по статье",
                "Настраивает аппарат с клиентом по телефону",
                "Находит ошибку в чужой настройке",
            ),
        ),
        Draft(
            ROUTERS,
            Kind.SKILL,
            Risk.HIGH,
            ("equipment-mikrotik-sip-alg",),
            (
                "Знает, что такое SIP ALG, и просит его выключить",
                "Проверяет порты и NAT с клиентом",
                "Разбирает сети с двумя роутерами и VPN",
            ),
        ),
        Draft(
            GATEWAYS,
            Kind.KNOWLEDGE,
            Risk.NORMAL,
            ("equipment-grandstream-ht80x", "equipment-dect-handset"),
            (
                "Отличает шлюз от аппарата",
                "Знает порядок подключения и сброса",
                "Подбирает шлюз под объект",
            ),
        ),
    ),
    "Правила": (
        Draft(
            PRIVACY,
            Kind.KNOWLEDGE,
            Risk.CRITICAL,
            ("service-identification",),
            (
                "Узнаёт клиента по правилам и не называет лишнего",
                "Отказывает вежливо, если проверка не пройдена",
                "Распознаёт попытку выведать данные",
            ),
        ),
        Draft(
            TARIFFS,
            Kind.KNOWLEDGE,
            Risk.NORMAL,
            ("billing-tariffs", "billing-change-tariff", "billing-charged-more"),
            (
                "Называет тарифы и цены по статье",
                "Считает счёт при смене тарифа посреди месяца",
                "Подбирает тариф под расход клиента",
            ),
        ),
        Draft(
            MENTORING,
            Kind.KNOWLEDGE,
            Risk.NORMAL,
            ("service-second-line",),
            (
                "Знает, что и когда показывать новичку",
                "Оценивает по уровням и говорит, что дальше",
                "Строит план для отстающего",
            ),
        ),
    ),
}

CALLS_ONE = "Звонки первой линии"
CASES_TWO = "Заявки второй линии"
CALLS_CORPORATE = "Звонки корпоративных клиентов"

# Position: (competence, level, upper end of the band, queue whose gate it is).
_OPERATOR = (
    (GREETING, 2, None, None),
    (HARD_TALK, 2, None, None),
    (TELEPHONY, 2, None, CALLS_ONE),
    (CODES, 2, None, CALLS_ONE),
    (TRANSFER, 2, None, CALLS_ONE),
    (RECORDING, 1, 2, None),
    (YEALINK, 2, None, None),
    (PRIVACY, 1, None, CALLS_ONE),
    (TARIFFS, 2, None, None),
)
REQUIREMENTS = {
    cast.OPERATOR: _OPERATOR,
    cast.SENIOR: (*_OPERATOR, (ROUTERS, 1, None, None), (MENTORING, 1, None, None)),
    cast.ENGINEER: (
        (HARD_TALK, 2, None, None),
        (TELEPHONY, 3, None, CASES_TWO),
        (CODES, 3, None, CASES_TWO),
        (YEALINK, 2, None, None),
        (ROUTERS, 2, None, CASES_TWO),
        (GATEWAYS, 2, None, None),
        (PRIVACY, 1, None, CASES_TWO),
    ),
    cast.MANAGER: (
        (GREETING, 2, None, None),
        (HARD_TALK, 3, None, None),
        (TELEPHONY, 1, 2, None),
        (PRIVACY, 1, None, CALLS_CORPORATE),
        (TARIFFS, 3, None, CALLS_CORPORATE),
    ),
    cast.LEAD_POSITION: (
        (HARD_TALK, 3, None, None),
        (PRIVACY, 1, None, None),
        (MENTORING, 1, None, None),
    ),
}


def seed_catalogue(*, since) -> dict[str, Competence]:
    """Write areas, competences, articles of each, queues and requirements in force ``since`` a day; by name."""
    articles = dict(ArticlePage.objects.exclude(source_id=None).values_list("source_id", "uuid"))
    found: dict[str, Competence] = {}
    for place, (area_name, drafts) in enumerate(AREAS.items()):
        area = Area.objects.create(name=area_name, order=place)
        for number, draft in enumerate(drafts):
            competence = found[draft.name] = Competence.objects.create(
                area=area,
                name=draft.name,
                kind=draft.kind,
                risk=draft.risk,
                order=number,
                marks_mentoring=draft.name == MENTORING,
            )
            LevelAnchor.objects.bulk_create(
                LevelAnchor(competence=competence, level=level, text=text)
                for level, text in enumerate(draft.anchors, start=1)
            )
            CompetenceArticle.objects.bulk_create(
                CompetenceArticle(competence=competence, article_uuid=articles[source_id])
                for source_id in draft.articles
                if source_id in articles
            )
    queues = {
        name: Queue.objects.create(name=name) for name in (CALLS_ONE, CASES_TWO, CALLS_CORPORATE)
    }
    positions = {position.name: position for position in Position.objects.all()}
    PositionRequirement.objects.bulk_create(
        PositionRequirement(
            position=positions[position],
            competence=found[name],
            level=level,
            upper=upper,
            queue=queues[queue] if queue else None,
            starts_on=since,
        )
        for position, rows in REQUIREMENTS.items()
        if position in positions
        for name, level, upper, queue in rows
    )
    return found
