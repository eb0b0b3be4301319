"""The demo's questions: what the first line must know, each resting on the article that makes it true."""

from lms.demo.competence_catalogue import (
    CODES,
    PRIVACY,
    RECORDING,
    ROUTERS,
    TARIFFS,
    TELEPHONY,
    TRANSFER,
    YEALINK,
)
from lms.demo.questions import equipment, rules, telephony
from lms.demo.questions.asked import Asked, Bank

__all__ = ["QUESTIONS", "QUIZZES", "Asked"]

QUESTIONS: Bank = {**telephony.QUESTIONS, **equipment.QUESTIONS, **rules.QUESTIONS}

# Name, minutes, and how many questions of each competence.
QUIZZES: tuple[tuple[str, int, dict[str, int]], ...] = (
    ("Первая линия: знания для звонков", 30, {TELEPHONY: 6, CODES: 6, PRIVACY: 5, TARIFFS: 5}),
    ("IP-телефония", 15, {TELEPHONY: 6}),
    ("Коды ошибок", 15, {CODES: 6}),
    ("Персональные данные", 10, {PRIVACY: 5}),
    ("Тарифы", 10, {TARIFFS: 5}),
    ("Перевод звонка", 10, {TRANSFER: 5}),
    ("Запись разговоров", 10, {RECORDING: 5}),
    ("Yealink", 10, {YEALINK: 5}),
    ("Роутеры и NAT", 10, {ROUTERS: 5}),
)
