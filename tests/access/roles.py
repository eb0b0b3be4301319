"""Who walks: every role of the product, a customer, and people whose session outlived their work here."""

from people.roles import Role

# Handle, full name, roles. The newcomer's mentor is the mentor; the teammate works in line two.
STAFF_OF = {
    "operator": ("Анна Кравцова", [Role.OPERATOR]),
    "newcomer": ("Денис Мухин", [Role.OPERATOR]),
    "mentor": ("Ольга Рябова", [Role.OPERATOR, Role.MENTOR]),
    "teammate": ("Борис Ли", [Role.OPERATOR]),
    "trainer": ("Илья Фомин", [Role.TRAINER]),
    "editor": ("Мария Ветрова", [Role.EDITOR]),
    "second_editor": ("Павел Зимин", [Role.EDITOR]),
    "reviewer": ("Нина Озерова", [Role.REVIEWER]),
    "lead": ("Сергей Логинов", [Role.LEAD]),
    "hr": ("Елена Климова", [Role.HR]),
    "auditor": ("Виктор Гуров", [Role.AUDITOR]),
    "administrator": ("Олег Дронов", [Role.ADMINISTRATOR]),
}
GONE_OF = {
    "left": ("Пётр Ушедший", [Role.EDITOR]),
    "deactivated": ("Тит Закрытый", [Role.ADMINISTRATOR]),
}
ANONYMOUS = "anonymous"

STAFF = frozenset(STAFF_OF)
OUTSIDERS = frozenset({ANONYMOUS, *GONE_OF})
EVERYBODY = STAFF | OUTSIDERS
EDITORS = frozenset({"editor", "second_editor", "administrator"})
APPROVERS = EDITORS | {"lead"}
READS_ALL_AUDIENCES = EDITORS | {"auditor"}
LINE_TWO = READS_ALL_AUDIENCES | {"teammate"}
READS_ALL_PEOPLE = frozenset({"hr", "auditor", "administrator"})
READS_NEWCOMER = READS_ALL_PEOPLE | {"newcomer", "mentor", "lead"}

ROLES = [ANONYMOUS, *STAFF_OF, *GONE_OF]
