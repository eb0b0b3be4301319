"""What editors tell search is heard with the next question, by everybody, and shows nobody more than they may see."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from kb.choices import Audience
from search import glossaries, paraphrases, thesaurus, wording
from search.engines.base import Filters
from search.models import Direction, GlossaryEntry, IndexClock, Origin, PinnedResult, SynonymSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(write_article):
    """Articles that use the proper words."""
    return {
        "menu": write_article("Голосовое меню и очередь", publish=True),
        "porting": write_article("Перенос номера: сроки", publish=True),
        "schedule": write_article("Меню столовой", publish=True),
        "order": write_article("Номер заказа", publish=True),
    }


def synonyms(*words: str, find: tuple[str, ...] = (), **fields) -> SynonymSet:
    """A set of synonyms; with ``find`` one that leads there."""
    return SynonymSet.objects.create(
        words="\n".join(words),
        meanings="\n".join(find),
        direction=Direction.ONE_WAY if find else Direction.BOTH,
        **fields,
    )


def test_a_word_that_stands_nowhere_finds_the_phrase_it_means(library, find):
    assert find("ивр").total == 0

    synonyms("ивр", "голосовое меню")

    found = find("настроить ивр")
    assert found.results[0].article.title == "Голосовое меню и очередь"
    assert found.also == ("голосовое меню",)
    assert not found.notes


@pytest.mark.parametrize(
    "query",
    ["портирование", "портирования", "MNP", "портиров", "портирваоние", "gjhnbhjdfybt", "ьтз"],
)
def test_it_is_met_in_any_form_unfinished_mistyped_and_in_the_other_layout(library, titles, query):
    synonyms("портирование", "mnp", "перенос номера")

    assert titles(query)[0] == "Перенос номера: сроки"


def test_both_ways_a_phrase_also_finds_the_word(write_article, titles):
    write_article("Колбек с сайта", publish=True)
    synonyms("колбек", "обратный звонок")

    assert titles("обратные звонки с сайта") == ["Колбек с сайта"]


def test_one_way_does_not_lead_back(library, write_article, titles):
    write_article("Автосекретарь", publish=True)
    synonyms("автосекретарь", find=("голосовое меню",))

    assert titles("автосекретарь") == ["Автосекретарь", "Голосовое меню и очередь"]
    assert "Автосекретарь" not in titles("голосовое меню")


def test_what_was_typed_outranks_what_it_also_means(library, write_article, titles):
    write_article("Портация", publish=True)
    synonyms("портация", "перенос номера")

    assert titles("портация")[0] == "Портация"
    assert titles("перенос номера")[0] == "Перенос номера: сроки"


def test_a_set_of_one_language_is_silent_while_the_other_is_searched(library, titles):
    synonyms("ивр", "голосовое меню", language="en")

    assert titles("ивр", filters=Filters(language="ru")) == []
    assert titles("ивр")


def test_switched_off_or_deleted_it_is_forgotten_at_once(library, titles):
    row = synonyms("ивр", "голосовое меню")
    assert titles("ивр")

    row.active = False
    row.save()
    assert titles("ивр") == []

    row.active = True
    row.save()
    assert titles("ивр")
    row.delete()
    assert titles("ивр") == []


def test_exactly_as_typed_means_without_synonyms(library, titles):
    synonyms("ивр", "голосовое меню")

    assert titles("ивр", literal=True) == []
    assert titles("«ивр»") == []


def test_another_process_hears_of_it_by_the_number_in_the_database(library, titles):
    synonyms("ивр", "голосовое меню")
    assert titles("ивр")
    # What another process does: rows and number change, nothing is called here.
    SynonymSet.objects.update(active=False)
    IndexClock.objects.update(wording="00000000-0000-4000-8000-000000000001")

    assert titles("ивр") == []


def test_a_meaning_that_only_forbidden_articles_hold_changes_nothing(
    library, write_article, find, customer
):
    write_article("Секретный протокол", publish=True, audience=Audience.INTERNAL)
    write_article("Ирв: словарь", publish=True, audience=Audience.PUBLIC)
    before = find("ивр", customer)
    synonyms("ивр", "секретный протокол")

    found = find("ивр", customer)

    assert found.also == ()
    assert [r.article.title for r in found.results] == [r.article.title for r in before.results]
    assert found.notes == before.notes


def test_reading_the_words_costs_one_query_until_they_change(library, django_assert_num_queries):
    synonyms("ивр", "голосовое меню")
    wording.current()

    with django_assert_num_queries(1):
        wording.current()


# --- glossary ----------------------------------------------------------------------------------------------------


@pytest.fixture
def translated(write_article):
    """Titles that translate each other, and one that has no translation."""

    def pair(russian: str, english: str) -> None:
        one = write_article(russian, publish=True, slug=f"ru-{len(russian)}-{len(english)}")
        write_article(
            english,
            publish=True,
            language="en",
            translation_group=one.translation_group,
            slug=f"en-{len(russian)}-{len(english)}",
        )

    pair("Запись звонков", "Call recording")
    pair("Включить запись", "Turn on recording")
    pair("Перевод звонка", "Call transfer")
    glossaries.learn_from_translations(now=timezone.now())


def test_what_titles_teach_is_shown_and_finds_the_other_language(translated, titles):
    assert ("запись", "recording") in GlossaryEntry.objects.values_list("russian", "english")

    assert "Call recording" in titles("запись", filters=Filters(language="en"))


def test_a_pair_that_was_switched_off_stays_off_when_titles_teach_it_again(translated, titles):
    row = GlossaryEntry.objects.get(russian="запись", english="recording")
    row.active = False
    row.save()

    glossaries.learn_from_translations(now=timezone.now())

    row.refresh_from_db()
    assert not row.active
    assert titles("запись", filters=Filters(language="en")) == []


def test_learning_twice_changes_nothing_and_leaves_editors_pairs_alone(translated, titles):
    own = GlossaryEntry.objects.create(russian="подслушивание", english="recording")

    assert glossaries.learn_from_translations(now=timezone.now()) == 0

    assert GlossaryEntry.objects.filter(pk=own.pk, origin=Origin.ADDED).exists()
    assert "Call recording" in titles("подслушивания", filters=Filters(language="en"))


# --- pins --------------------------------------------------------------------------------------------------------


def pin(article, *questions: str, **fields) -> PinnedResult:
    """Put ``article`` on top of ``questions``."""
    return PinnedResult.objects.create(article=article, questions="\n".join(questions), **fields)


def test_a_pinned_article_stands_on_top_of_its_question_in_any_word_form(library, find):
    pin(library["schedule"], "перенос номера")

    found = find("НОМЕРА переноса")

    assert [result.article.title for result in found.results][:2] == [
        "Меню столовой",
        "Перенос номера: сроки",
    ]
    assert found.pinned == {library["schedule"].pk}
    assert found.total == len(found.results)
    assert not find("перенос номера срочно").pinned


def test_a_pin_holds_from_its_first_day_to_its_last(library, find):
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    row = pin(library["schedule"], "перенос", starts_on=today + day)
    assert not find("перенос").pinned

    row.starts_on, row.ends_on = today - day, today - day
    row.save()
    assert not find("перенос").pinned

    row.ends_on = today
    row.save()
    assert find("перенос").pinned


def test_a_pin_for_a_team_is_for_its_members(library, find, staff, line_one, line_two):
    row = pin(library["schedule"], "перенос", team=line_two)
    assert not find("перенос", staff).pinned

    row.team = line_one
    row.save()
    assert find("перенос", staff).pinned


def test_a_pin_shows_nobody_what_they_may_not_read(library, find, customer):
    pin(library["schedule"], "перенос")

    found = find("перенос", customer)

    assert (found.total, found.results, found.pinned) == (0, (), frozenset())


def test_in_a_narrowed_list_a_pin_moves_only_what_is_there_anyway(library, find):
    pin(library["schedule"], "номер")

    assert not find("номер", filters=Filters(kind="reference")).pinned


# --- the back office ---------------------------------------------------------------------------------------------


def test_editors_keep_synonyms_in_the_admin(library, editor, client_of, titles):
    form = {"words": "ивр\r\nголосовое меню\r\n", "direction": "both", "active": "on"}

    response = client_of(editor).post(reverse("search_synonyms:add"), form)

    assert response.status_code == 302
    assert titles("ивр")[0] == "Голосовое меню и очередь"


@pytest.mark.parametrize(
    "form",
    [
        {"words": "ивр", "direction": "both"},
        {"words": "ивр", "direction": "one_way", "meanings": ""},
        {"words": "!!!\nивр", "direction": "both"},
        {"words": "и\nивр", "direction": "both"},
    ],
)
def test_a_set_that_could_find_nothing_is_refused_with_a_reason(editor, client_of, form):
    response = client_of(editor).post(reverse("search_synonyms:add"), form)

    assert response.status_code == 200
    assert not SynonymSet.objects.exists()


def test_the_list_of_the_glossary_switches_an_entry_by_one_click(translated, editor, client_of):
    row = GlossaryEntry.objects.first()

    response = client_of(editor).post(
        reverse("search_glossary:switch", args=[row.pk]), {"active": "0"}
    )

    assert response.status_code == 302
    row.refresh_from_db()
    assert not row.active


def test_the_words_of_a_learned_pair_stay_as_they_were_learned(translated, editor, client_of):
    row = GlossaryEntry.objects.get(russian="запись")
    form = {"russian": "песня", "english": "song", "active": "on"}

    client_of(editor).post(reverse("search_glossary:edit", args=[row.pk]), form)

    row.refresh_from_db()
    assert (row.russian, row.english) == ("запись", "recording")


def test_a_pair_is_added_once(translated, editor, client_of):
    form = {"russian": "записи", "english": "Recordings", "active": "on"}

    response = client_of(editor).post(reverse("search_glossary:add"), form)

    assert response.status_code == 200
    assert GlossaryEntry.objects.filter(russian_term="запись").count() == 1


def test_operators_may_not_switch(translated, anna, client_of):
    row = GlossaryEntry.objects.first()

    response = client_of(anna).post(reverse("search_glossary:switch", args=[row.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["synonyms", "glossary", "pins"])
def test_the_lists_cost_the_same_for_any_number_of_rows(
    name, library, editor, client_of, django_assert_max_num_queries
):
    for number in range(12):
        synonyms(f"ивр{number}", "голосовое меню")
        pin(library["menu"], f"вопрос {number}")
        GlossaryEntry.objects.create(russian="абвгдежзиклм"[number] * 4, english="word")
    client = client_of(editor)

    with django_assert_max_num_queries(25):
        assert client.get(reverse(f"search_{name}:index")).status_code == 200


def met_together(russian: str, english: str, seen: int) -> None:
    """These words were met as translations of each other so many times."""
    GlossaryEntry.objects.create(
        russian=russian,
        english=english,
        russian_term=russian,
        english_term=english,
        seen=seen,
        origin=Origin.LEARNED,
    )


def test_words_that_share_a_translation_find_each_other(write_article, titles):
    write_article("Журнал вызовов", publish=True, answer="Откройте отчёт.")
    write_article("Журнал посещений", publish=True, answer="Откройте отчёт.")
    # The first search builds the index, and what no article says is forgotten with that.
    titles("журнал")
    met_together("звонок", "call", 20)
    met_together("вызов", "call", 20)
    IndexClock.renew_wording()

    assert titles("журнал звонков")[0] == "Журнал вызовов"


def test_what_was_typed_goes_before_its_paraphrase(write_article, titles):
    write_article("Журнал вызовов", publish=True)
    write_article("Журнал звонков", publish=True)
    titles("журнал")
    met_together("звонок", "call", 20)
    met_together("вызов", "call", 20)
    IndexClock.renew_wording()

    assert titles("журнал звонков")[0] == "Журнал звонков"


@pytest.mark.parametrize(
    "pairs",
    [
        [("звонок", "call", 20), ("вызов", "call", 2)],
        [("звонок", "call", 20), ("вызов", "call", 3), ("звонок", "ring", 300)],
        [("звонок", "call", 20)],
    ],
)
def test_a_chance_is_no_paraphrase(pairs):
    assert "звонок" not in paraphrases.learned(pairs)


def test_a_paraphrase_is_never_as_sure_as_a_repair():
    found = paraphrases.learned([("звонок", "call", 1), ("вызов", "call", 900)])
    found |= paraphrases.learned([("звонок", "call", 900), ("вызов", "call", 900)])

    assert found["звонок"][0][0] == "вызов"
    assert all(weight < thesaurus.SURE for others in found.values() for _, weight in others)
