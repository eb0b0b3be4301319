"""What the demo's editors have changed over the year: versions of articles, with what they told people."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.choices import ChangeSize


@dataclass(frozen=True)
class Edition:
    """A version: days before seeding (ahead, if negative), the phrases it changed, and what was said of it."""

    days_ago: float
    phrases: Mapping[str, str] = field(default_factory=dict)
    size: str = ChangeSize.MINOR
    was: str = ""
    now: str = ""
    say: str = ""
    for_customers: str = ""
    waiver: str = ""


def _notify(days_ago: float, was: str, now: str, say: str = "", **more) -> Edition:
    return Edition(days_ago, size=ChangeSize.NOTIFY, was=was, now=now, say=say, **more)


def _confirm(days_ago: float, was: str, now: str, say: str = "", **more) -> Edition:
    return Edition(days_ago, size=ChangeSize.CONFIRM, was=was, now=now, say=say, **more)


# Each begins where the import ended; the first version is the import itself.
EDITIONS: dict[str, tuple[Edition, ...]] = {
    "telephony-forwarding": (
        Edition(290, {"отошли от стола": "вышли из-за стола"}),
        Edition(240, {"отпуск, переезд |": "отпуск, переезд, офис закрыт |"}),
        _notify(
            180,
            "Время до переадресации от 10 секунд",
            "Время до переадресации от 5 до 60 секунд",
            phrases={"от 10 до 60 секунд": "от 5 до 60 секунд"},
            for_customers="Переадресация теперь включается и через 5 секунд: раньше самое малое было 10.",
        ),
        Edition(131, {"дождитесь длинного гудка": "подождите подтверждения голосом"}),
        _notify(
            92,
            "На внутренний номер как исходящий звонок",
            "На внутренний номер переадресация бесплатна",
            "Переадресация на внутренний номер ничего не стоит",
            phrases={
                "На внутренний номер платится так же.": "На внутренний номер переадресация бесплатна."
            },
            for_customers="Переадресация на внутренний номер стала бесплатной.",
        ),
        Edition(40, {"Настройка действует через минуту": "Настройка действует сразу"}),
        _confirm(
            0,
            "Гудок 20 секунд",
            "Гудок 30 секунд",
            "Подождите до 30 секунд, потом звонок уйдёт на второй номер",
            phrases={
                "через 20 секунд вызова, это четыре гудка": "через 30 секунд вызова, это шесть гудков",
                "через 20 секунд": "через 30 секунд",
            },
            for_customers="Переадресация по умолчанию включается через 30 секунд вместо 20.",
            waiver="Изменилось одно число, оно в самом извещении",
        ),
    ),
    "billing-tariffs": (
        Edition(205, {"Международная связь закрыта": "Международная связь закрыта по умолчанию"}),
        _notify(
            118,
            "Соединения короче 5 секунд бесплатны",
            "Бесплатны соединения короче 3 секунд",
            phrases={"короче 5 секунд": "короче 3 секунд"},
            for_customers="Бесплатны соединения короче 3 секунд; раньше было 5.",
        ),
        _confirm(
            1,
            "«Офис»: 800 минут по России",
            "«Офис»: 1 000 минут по России, цена прежняя",
            "В «Офисе» теперь 1 000 минут по России за те же деньги",
            phrases={"800 минут": "1 000 минут", "нет | 800": "нет | 1 000"},
            for_customers="В тарифе «Офис» теперь 1 000 минут по России в месяц, цена прежняя.",
        ),
    ),
    "service-hold-transfer": (
        _confirm(
            76,
            "Не ответили за 40 секунд, вернитесь к клиенту",
            "Не ответили за 20 секунд, вернитесь к клиенту",
            "Коллега занят, я снова с вами",
            phrases={"Не ответили за 40 секунд": "Не ответили за 20 секунд"},
        ),
    ),
    "telephony-call-recording": (
        _notify(
            23,
            "Архив до 200 файлов за раз",
            "Архив до 500 файлов за раз, ссылка живёт 7 дней",
            "За раз можно скачать до 500 записей",
            phrases={"до 200 файлов": "до 500 файлов"},
            for_customers="За один раз можно скачать до 500 записей разговоров, ссылка на архив живёт 7 дней.",
        ),
    ),
    "billing-change-tariff": (
        _notify(
            -4,
            "Менять тариф можно раз в месяц",
            "Менять тариф можно два раза в месяц",
            "Тариф можно сменить второй раз в том же месяце",
            phrases={
                "не чаще одного раза в календарный месяц": "не чаще двух раз в календарный месяц"
            },
            for_customers="Тариф можно менять два раза в месяц.",
        ),
    ),
}
