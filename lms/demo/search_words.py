"""What the editors of the demo company told search: the words their operators and customers use."""

import datetime

from kb.models import ArticlePage
from people.models import Team
from search.models import Direction, PinnedResult, SynonymSet

# Sets in which every word means the same.
SAME = (
    ("ивр", "IVR", "голосовое меню", "автосекретарь"),
    ("mnp", "портирование", "портация", "перенос номера"),
    ("колбек", "колбэк", "callback", "обратный звонок"),
    ("аон", "определитель номера", "показывается номер"),
    ("дект", "DECT", "радиотрубка"),
    ("йелинк", "елинк", "Yealink"),
    ("грандстрим", "Grandstream"),
    ("микротик", "MikroTik"),
    ("битрикс", "Bitrix24", "Битрикс24"),
    ("амо", "амосрм", "amoCRM"),
    ("детала", "детализация", "распечатка звонков"),
    ("закрывашки", "закрывающие документы", "акты и счета-фактуры"),
    ("обещашка", "обещанный платёж"),
    ("запись", "аудиозапись"),
    ("сотовые", "мобильные"),
    ("персоналка", "персональные данные"),
    ("лк", "личный кабинет"),
    ("срм", "CRM"),
    ("недозвон", "не дозвониться"),
    ("международка", "международные звонки"),
)
# What leads one way: the narrow word to the wider one, never back.
LEADING = (
    (("хрипит", "заикается", "булькает", "квакает"), ("прерывистая речь", "задержка")),
    (("блокнули", "отрубили", "отключили за долги"), ("блокировка за неуплату",)),
    (("тоналка", "тоновый набор"), ("донабор",)),
    (("фрод", "мошенники", "взломали"), ("взлом учётки",)),
    (("заблокирован", "за долги", "минус на счёте"), ("блокировка за неуплату",)),
    (("поздороваться", "здороваться"), ("приветствие",)),
    (("вернуть деньги", "компенсация"), ("перерасчёт", "возврат остатка")),
)
# Questions with an article on top: source id, questions, team, days from seeding (first, last).
PINS = (
    ("telephony-incident-mobile", ("мегафон", "мобильные не проходят"), None, (0, 3)),
    ("billing-tariffs", ("тарифы", "сколько стоит"), "Линия 1", (-1, None)),
)


def seed_search_words(*, today: datetime.date) -> None:
    """Write synonyms and pins; an article that is not there gets no pin."""
    for words in SAME:
        SynonymSet.objects.create(words="\n".join(words))
    for words, meanings in LEADING:
        SynonymSet.objects.create(
            words="\n".join(words), meanings="\n".join(meanings), direction=Direction.ONE_WAY
        )
    for source_id, questions, team, (first, last) in PINS:
        article = ArticlePage.objects.filter(source_id=source_id).first()
        if article is not None:
            PinnedResult.objects.create(
                questions="\n".join(questions),
                article=article,
                team=Team.objects.filter(name=team).first() if team else None,
                starts_on=today + datetime.timedelta(days=first),
                ends_on=None if last is None else today + datetime.timedelta(days=last),
            )
