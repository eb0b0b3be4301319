"""Nothing of an article reaches whom it is not for: no result, count, snippet, correction or completion."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.choices import Audience
from kb.models import ArticlePage, AudienceTeam
from people.viewer import ANONYMOUS
from search import indexing, services
from search.engines.base import Scope
from tests.search.conftest import body

pytestmark = pytest.mark.django_db

SECRET = "кукумявка"
SECRET_LATIN = "kukumyavka"


@pytest.fixture
def forbidden(write_article, line_two):
    """Articles that hold the secret word where customers and Anna may not read it."""
    write_article(
        "Роуминг для всех", publish=True, audience=Audience.PUBLIC, answer="Включите роуминг."
    )
    write_article(f"Служебное про {SECRET}", publish=True, audience=Audience.INTERNAL)
    for_team = write_article(
        "Только второй линии", publish=True, audience=Audience.TEAMS, answer="Слово чебурахнуло."
    )
    AudienceTeam.objects.create(article=for_team, team=line_two)
    write_article(
        "Переадресация",
        publish=True,
        audience=Audience.PUBLIC,
        answer="Откройте кабинет.",
        body=body(
            ("text", "<p>Видно всем.</p>"),
            ("internal", [{"type": "text", "value": "<p>Пароль от стенда: барабашка.</p>"}]),
        ),
    )
    write_article("Черновик про бумкалку", audience=Audience.PUBLIC)


@pytest.mark.parametrize(
    "query",
    [
        SECRET,
        SECRET[:5],
        SECRET.replace("м", "н"),
        SECRET_LATIN,
        "rerevzdrf",
        f"роуминг {SECRET}",
        f"роуминг {SECRET[:-2]}",
        f"«{SECRET}»",
        "барабашка",
        "барабошка",
        "пароль от стенда",
        "чебурахнуло",
        "бумкалка",
    ],
)
def test_a_customer_learns_nothing_from_any_way_of_typing_a_forbidden_word(forbidden, find, query):
    found = find(query, ANONYMOUS)

    told = " ".join(
        [found.understood.text, *(note.read for note in found.notes)]
        + [stretch.text for result in found.results for stretch in (*result.title, *result.line)]
        + [result.answer for result in found.results]
    ).lower()
    for word in ("кукумявк", "барабашк", "чебурахн", "бумкал", "стенд"):
        assert word not in told.replace(query.lower(), "")
    assert all(r.article.audience == Audience.PUBLIC for r in found.results)
    assert found.total == len(found.results)
    assert sum(facet.count for facet in found.facets.by_section()) == found.total_anywhere


def test_an_operator_is_not_told_what_another_team_reads(forbidden, find, titles, staff):
    assert titles("чебурахнуло", staff) == []
    assert titles("чебурахнула", staff) == []
    assert find("чебурахнола", staff).notes == ()


def test_a_member_of_the_chosen_team_finds_its_article(
    forbidden, titles, hire, viewer_of, line_two
):
    member = viewer_of(hire("Борис Ли", "boris", "operator", team=line_two))

    assert titles("чебурахнуло", member) == ["Только второй линии"]


def test_staff_find_the_internal_part_and_are_told_that_it_is_internal(forbidden, find, staff):
    (result,) = find("барабашка", staff).results

    assert result.article.title == "Переадресация"
    assert result.line_is_internal
    assert "барабашка" not in result.answer


def test_nobody_finds_a_draft(forbidden, titles, editor, viewer_of):
    assert titles("бумкалка", viewer_of(editor)) == []


def test_a_word_known_to_others_only_is_treated_like_an_unknown_one(write_article, find, staff):
    write_article("Настройка кодека", publish=True, audience=Audience.PUBLIC)
    write_article("Настройка кодена", publish=True, audience=Audience.INTERNAL)

    assert [note.read for note in find("кодена", ANONYMOUS).notes] == ["кодека"]
    assert find("кодена", staff).notes == ()


def test_an_index_behind_the_database_shows_nothing_that_is_gone(write_article, now):
    article = write_article("Роуминг", publish=True, audience=Audience.PUBLIC)
    write_article("Роутер", publish=True, audience=Audience.PUBLIC)
    indexing.catch_up()
    ArticlePage.objects.filter(pk=article.pk).update(audience=Audience.INTERNAL)

    for query in ("роуминг", "роумнг", "роум", "rouming"):
        found = services.find(viewer=ANONYMOUS, query=query, at=now)
        assert "Роуминг" not in [result.article.title for result in found.results]
        assert found.total == len(found.results)
        assert found.understood.text == query


def test_the_filter_stands_before_the_cut(write_article, customer, now):
    for number in range(120):
        write_article(f"Роуминг {number}", publish=True, answer="роуминг роуминг роуминг")
    write_article("О связи", publish=True, audience=Audience.PUBLIC, answer="Роуминг.")
    indexing.catch_up()

    _, candidates = services.ranked(Scope(services.sight_of(customer), now), "роуминг")

    assert len(candidates) == 1


WORDS = ["роуминг", "тариф", "сбой", "кодек", SECRET, "барабашка", "перевод"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), cut=st.integers(0, 4))
def test_what_is_shown_is_always_a_part_of_what_is_visible(forbidden, staff, now, words, cut):
    indexing.catch_up()
    query = " ".join(words)
    query = query[: len(query) - cut]
    for viewer in (ANONYMOUS, staff):
        found = services.find(viewer=viewer, query=query, at=now)
        visible = set(ArticlePage.objects.visible_to(viewer, now).values_list("pk", flat=True))
        assert {result.article.pk for result in found.results} <= visible
        assert found.total_anywhere <= len(visible)


def test_words_to_be_said_to_the_customer_are_found_by_staff_only(
    write_article, titles, customer, staff
):
    write_article(
        "Перенос",
        audience=Audience.PUBLIC,
        body=body(("say", "Произнесите абракадабру")),
        publish=True,
    )

    assert titles("абракадабра", staff) == ["Перенос"]
    assert titles("абракадабра", customer) == []
