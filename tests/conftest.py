"""Fixtures that everybody shares: the cast, the root section, quick articles, append-only tables in teardown."""

import datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone, translation

from common import triggers
from common.ledger import append_only_models
from kb.middleware import PutInForceMiddleware
from kb.models import ArticlePage, SectionPage
from kb.services.tree import ensure_root_section
from people.models import Assignment, Employee, Position, Team, User
from people.roles import Role, group_name
from people.viewer import ANONYMOUS, Viewer

PASSWORD = "correct horse battery"


@pytest.fixture
def now():
    """The moment of the test."""
    return timezone.now()


@pytest.fixture
def root_section(db) -> SectionPage:
    """The section the site starts at."""
    return ensure_root_section()


@pytest.fixture
def support(db) -> Team:
    """The top team."""
    return Team.objects.create(name="Поддержка")


@pytest.fixture
def line_one(support) -> Team:
    """The team Anna, Denis and Olga work in."""
    return Team.objects.create(name="Линия 1", parent=support)


@pytest.fixture
def line_two(support) -> Team:
    """Another team."""
    return Team.objects.create(name="Линия 2", parent=support)


@pytest.fixture
def hire(db, line_one):
    """Make an employee: ``hire("Анна Кравцова", "anna", Role.OPERATOR, team=…)``."""

    def _hire(
        full_name: str, handle: str, *roles: str, team: Team | None = None, **fields
    ) -> Employee:
        first, _, last = full_name.partition(" ")
        user = User.objects.create_user(
            f"{handle}@example.test", PASSWORD, first_name=first, last_name=last
        )
        for role in roles:
            user.groups.add(Group.objects.get_or_create(name=group_name(role))[0])
        hired_on = fields.pop("hired_on", timezone.localdate() - datetime.timedelta(days=400))
        employee = Employee.objects.create(
            user=user, full_name=full_name, hired_on=hired_on, zone=settings.TIME_ZONE, **fields
        )
        position, _created = Position.objects.get_or_create(name="Оператор")
        Assignment.objects.create(
            employee=employee, team=team or line_one, position=position, starts_on=hired_on
        )
        return employee

    return _hire


@pytest.fixture
def anna(hire) -> Employee:
    """An operator of line one."""
    return hire("Анна Кравцова", "anna", Role.OPERATOR)


@pytest.fixture
def olga(hire) -> Employee:
    """A mentor."""
    return hire("Ольга Рябова", "olga", Role.OPERATOR, Role.MENTOR)


@pytest.fixture
def denis(hire, olga) -> Employee:
    """A newcomer, Olga's trainee."""
    today = timezone.localdate()
    return hire(
        "Денис Мухин",
        "denis",
        Role.OPERATOR,
        mentor=olga,
        hired_on=today - datetime.timedelta(days=6),
    )


@pytest.fixture
def ilya(hire) -> Employee:
    """A trainer."""
    return hire("Илья Фомин", "ilya", Role.TRAINER)


@pytest.fixture
def sergey(hire, support, line_one) -> Employee:
    """The lead of line one."""
    lead = hire("Сергей Логинов", "sergey", Role.LEAD)
    line_one.lead = lead
    line_one.save()
    return lead


@pytest.fixture
def editor(hire) -> Employee:
    """An editor."""
    return hire("Мария Ветрова", "editor", Role.EDITOR)


@pytest.fixture
def second_editor(hire) -> Employee:
    """Another editor, who approves what the first one wrote."""
    return hire("Павел Зимин", "second_editor", Role.EDITOR)


@pytest.fixture
def reviewer(hire) -> Employee:
    """A quality reviewer."""
    return hire("Нина Озерова", "reviewer", Role.REVIEWER)


@pytest.fixture
def hr(hire) -> Employee:
    """Somebody of HR."""
    return hire("Елена Климова", "hr", Role.HR)


@pytest.fixture
def auditor(hire) -> Employee:
    """An auditor."""
    return hire("Виктор Гуров", "auditor", Role.AUDITOR)


@pytest.fixture
def administrator(hire) -> Employee:
    """The administrator."""
    return hire("Олег Дронов", "administrator", Role.ADMINISTRATOR)


@pytest.fixture
def anonymous() -> Viewer:
    """A customer: no account."""
    return ANONYMOUS


@pytest.fixture
def viewer_of():
    """The viewer behind an employee."""
    return lambda employee: Viewer.of(User.objects.get(pk=employee.user_id))


@pytest.fixture
def client_of(client):
    """A test client signed in as an employee."""

    def _client_of(employee: Employee):
        client.force_login(employee.user)
        return client

    return _client_of


@pytest.fixture
def section(root_section) -> SectionPage:
    """A section to put articles in."""
    return root_section.add_child(instance=SectionPage(title="Телефония", slug="telephony"))


@pytest.fixture
def write_article(section):
    """A draft: ``write_article("Эхо", answer="…", audience="public")``. ``publish=True`` puts it in force."""

    def _write(
        title: str = "Переадресация звонков",
        *,
        publish: bool = False,
        parent: SectionPage | None = None,
        **fields,
    ) -> ArticlePage:
        fields.setdefault("answer", "Включите в кабинете.")
        parent = SectionPage.objects.get(pk=(parent or section).pk)
        article = parent.add_child(instance=ArticlePage(title=title, live=False, **fields))
        revision = article.save_revision()
        if publish:
            revision.publish()
            article = ArticlePage.objects.get(pk=article.pk)
        return article

    return _write


@pytest.fixture
def unguarded():
    """Lift the append-only triggers inside ``with unguarded(Model):`` (for forging rows in tests)."""
    from contextlib import contextmanager

    @contextmanager
    def _unguarded(*models):
        for model in models:
            triggers.remove(model)
        try:
            yield
        finally:
            for model in models:
                triggers.install(model)

    return _unguarded


@pytest.fixture(autouse=True)
def _lift_triggers_for_teardown(request):
    """Transactional tests end with a flush, which append-only tables would refuse."""
    yield
    marker = request.node.get_closest_marker("django_db")
    names = set(request.fixturenames)
    if (marker and marker.kwargs.get("transaction")) or names & {"transactional_db", "live_server"}:
        for model in append_only_models():
            triggers.remove(model)


@pytest.fixture(autouse=True)
def _look_for_due_versions_once(request, monkeypatch):
    """A client looks for versions that are due with its first request, and not again because a second has passed.

    Else tests that count queries would count by the clock.
    """
    if "live_server" not in request.fixturenames:
        monkeypatch.setattr(PutInForceMiddleware, "INTERVAL", 3600.0)


@pytest.fixture(autouse=True)
def _speak_the_language_of_the_site():
    """Requests of a test before may have left another language behind."""
    translation.activate(settings.LANGUAGE_CODE)
