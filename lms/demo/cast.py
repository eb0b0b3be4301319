"""The fixed cast: the people that the demo, the docs and the tests talk about."""

from dataclasses import dataclass

from people.roles import Role

DOMAIN = "demo.opora.test"
# Printed by `make demo`; only ever set in a database marked as demo.
PASSWORD = "opora-demo-2026"  # noqa: S105

TOP_TEAM = "Поддержка"
LINE_ONE = "Линия 1"
LINE_TWO = "Линия 2"
CORPORATE = "Корпоративные клиенты"
KNOWLEDGE = "Знания и обучение"

HEAD = "Руководитель поддержки"
LEAD_POSITION = "Руководитель линии"
OPERATOR = "Оператор первой линии"
SENIOR = "Старший оператор"
ENGINEER = "Инженер второй линии"
MANAGER = "Менеджер корпоративных клиентов"
TRAINER_POSITION = "Тренер"
EDITOR_POSITION = "Редактор базы знаний"
REVIEWER_POSITION = "Специалист по качеству"
HR_POSITION = "Специалист по персоналу"
AUDITOR_POSITION = "Внутренний аудитор"
ADMINISTRATOR_POSITION = "Администратор системы"


@dataclass(frozen=True)
class CastMember:
    """Somebody of the fixed cast; ``handle`` is how files and tests call them."""

    handle: str
    login: str
    full_name: str
    roles: tuple[str, ...]
    team: str
    position: str
    working_days_here: int

    @property
    def email(self) -> str:
        """The login address."""
        return f"{self.login}@{DOMAIN}"


CAST = (
    CastMember("anna", "operator", "Анна Кравцова", (Role.OPERATOR,), LINE_ONE, OPERATOR, 410),
    CastMember("denis", "newcomer", "Денис Мухин", (Role.OPERATOR,), LINE_ONE, OPERATOR, 6),
    CastMember(
        "olga", "mentor", "Ольга Рябова", (Role.OPERATOR, Role.MENTOR), LINE_ONE, SENIOR, 980
    ),
    CastMember("ilya", "trainer", "Илья Фомин", (Role.TRAINER,), KNOWLEDGE, TRAINER_POSITION, 760),
    CastMember(
        "sergey",
        "lead",
        "Сергей Логинов",
        (Role.LEAD, Role.OPERATOR),
        LINE_ONE,
        LEAD_POSITION,
        1240,
    ),
    CastMember(
        "editor", "editor", "Мария Ветрова", (Role.EDITOR,), KNOWLEDGE, EDITOR_POSITION, 690
    ),
    CastMember(
        "second_editor", "editor2", "Павел Зимин", (Role.EDITOR,), KNOWLEDGE, EDITOR_POSITION, 520
    ),
    CastMember(
        "reviewer", "reviewer", "Нина Озерова", (Role.REVIEWER,), KNOWLEDGE, REVIEWER_POSITION, 450
    ),
    CastMember("hr", "hr", "Елена Климова", (Role.HR,), TOP_TEAM, HR_POSITION, 830),
    CastMember(
        "auditor", "auditor", "Виктор Гуров", (Role.AUDITOR,), TOP_TEAM, AUDITOR_POSITION, 300
    ),
    CastMember(
        "administrator",
        "administrator",
        "Олег Дронов",
        (Role.ADMINISTRATOR,),
        TOP_TEAM,
        ADMINISTRATOR_POSITION,
        1100,
    ),
    CastMember("head", "head", "Марина Белова", (Role.LEAD,), TOP_TEAM, HEAD, 1500),
)
