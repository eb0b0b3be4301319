"""The demo company: the same for the same day and seed, in an empty database only, whole or not at all."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from kb.models import ArticlePage
from lms.demo import company
from lms.demo.cast import CAST
from people.models import Assignment, Company, Employee, Team, User
from people.viewer import ANONYMOUS

pytestmark = pytest.mark.django_db


def seed(**options) -> dict[str, int]:
    """Seed as the command does, silently."""
    return company.seed_company(
        **{"now": timezone.now(), "people": 60, "seed": 1, "tell": lambda words: None, **options}
    )


def test_the_demo_has_five_teams_sixty_people_and_its_knowledge():
    counts = seed()

    assert Team.objects.count() == 5
    assert counts["people"] == Employee.objects.count() == 60
    assert counts["articles"] >= 40
    assert set(User.objects.values_list("email", flat=True)) >= {member.email for member in CAST}


def test_customers_and_staff_have_something_to_read(viewer_of):
    seed()
    now = timezone.now()
    operator = Employee.objects.get(full_name="Анна Кравцова")

    public = ArticlePage.objects.visible_to(ANONYMOUS, now).count()
    internal = ArticlePage.objects.visible_to(viewer_of(operator), now).count()

    assert 10 < public < internal


def test_the_named_articles_are_there():
    seed()

    titles = set(ArticlePage.objects.values_list("title", flat=True))

    assert titles >= {
        "Клиент слышит, его не слышно: NAT, SIP ALG, кодеки",
        "Телефон не регистрируется: 401, 403, 408",
        "Переадресация звонков: безусловная, по занятости, по неответу",
        "Перенос номера: сроки, документы, причины отказа",
        "Списали больше, чем по тарифу: проверка детализации",
        "Идентификация абонента и персональные данные по телефону",
        "Авария: нет исходящих на мобильные — что говорить клиенту",
        "Подозрение на взлом SIP-учётки: блокировка международных звонков",
        "Битрикс24: не всплывает карточка клиента",
        "Передача во вторую линию: что записать, чтобы клиент не повторял",
    }


def test_a_second_seeding_and_one_over_somebodys_data_write_nothing(anna):
    with pytest.raises(company.NotEmpty):
        seed()

    assert Employee.objects.count() == 1
    assert not Company.is_demo()


def test_an_interrupted_seeding_leaves_nothing(monkeypatch):
    def interrupt(**kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(company, "seed_competences", interrupt)

    with pytest.raises(KeyboardInterrupt):
        seed()

    assert not Company.objects.exists()
    assert not ArticlePage.objects.exists()


def test_another_seed_draws_other_names_and_the_same_cast():
    seed(seed=2)

    cast = {member.full_name for member in CAST}
    assert cast <= set(Employee.objects.values_list("full_name", flat=True))
    assert Assignment.objects.count() >= 60


def test_a_database_that_is_no_demo_is_never_reset(anna):
    with pytest.raises(CommandError, match="not marked as demo"):
        call_command("reset_demo")

    assert Employee.objects.count() == 1
