"""What every engine promises, tried on each of them without a database."""

import pytest

from search.audience import EVERYTHING, INTERNAL, PUBLIC, STRANGER, Sight, teams
from search.engines.base import IndexUnavailable, Part, Position, RebuildRunning, Scope
from tests.search.contract.documents import (
    HOUR,
    NOON,
    START,
    ask,
    change,
    document,
    knows,
    rebuild,
)


def test_an_index_that_was_never_built_is_unavailable(engine):
    with pytest.raises(IndexUnavailable):
        ask(engine, "эхо")
    with pytest.raises(IndexUnavailable):
        engine.position()


def test_what_was_put_in_is_found_replaced_and_taken_out(engine):
    rebuild(engine, document(1, "Эхо", "Смените кодек."), document(2, "Шум"))
    assert ask(engine, "кодек") == [1]

    change(engine, document(1, "Эхо", "Уменьшите громкость.", version="1-2"), removed=[2], seq=5)

    assert ask(engine, "кодек") == []
    assert ask(engine, "громкость") == [1]
    assert ask(engine, "шум") == []
    assert engine.position() == Position("database", 5)
    assert {article: entry.version for article, entry in engine.inventory()} == {1: "1-2"}


def test_applying_the_same_twice_changes_nothing(engine):
    rebuild(engine)
    for _ in range(2):
        change(engine, document(1, "Эхо"), seq=2)

    assert ask(engine, "эхо") == [1]
    vocabulary = engine.session(Scope(EVERYTHING, NOON)).vocabulary
    assert vocabulary.counts(["эхо"]) == {"эхо": 1}


def test_words_leave_the_vocabulary_with_their_last_article(engine):
    rebuild(engine, document(1, "Эхо", "кодек"), document(2, "Шум", "кодек"))
    change(engine, removed=[1], seq=2)
    assert knows(engine, "кодек")
    assert not knows(engine, "эхо")

    change(engine, removed=[2], seq=3)
    assert not knows(engine, "кодек")
    assert engine.session(Scope(EVERYTHING, NOON)).vocabulary.near("кодех", 3) == []
    assert engine.session(Scope(EVERYTHING, NOON)).vocabulary.completions("код", 3) == []


@pytest.mark.parametrize(
    ("sight", "found"),
    [
        (STRANGER, [1]),
        (Sight(staff=True), [1, 2]),
        (Sight(staff=True, team_ids=frozenset({7})), [1, 2, 3]),
        (Sight(staff=True, team_ids=frozenset({8})), [1, 2, 3, 4]),
        (Sight(team_ids=frozenset({7})), [1]),
        (EVERYTHING, [1, 2, 3, 4]),
    ],
)
def test_everybody_finds_what_is_for_them(engine, sight, found):
    rebuild(
        engine,
        document(1, "Роуминг"),
        document(2, "Роуминг", audience=INTERNAL),
        document(3, "Роуминг", audience=teams([7, 8])),
        document(4, "Роуминг", audience=teams([8])),
    )

    assert ask(engine, "роуминг", sight) == found


def test_a_passage_has_an_audience_of_its_own(engine):
    parts = (Part(PUBLIC, "Видно всем."), Part(INTERNAL, "Пароль барабашка."))
    rebuild(engine, document(1, "Стенд", parts=parts))

    assert ask(engine, "барабашка", STRANGER) == []
    assert ask(engine, "барабашка", Sight(staff=True)) == [1]
    assert not knows(engine, "барабашка", STRANGER)
    assert knows(engine, "барабашка", Sight(staff=True))


def test_a_time_limit_is_kept_to_the_second(engine):
    rebuild(
        engine,
        document(1, "Акция", valid_until=NOON),
        document(2, "Акция", valid_from=NOON),
        document(3, "Акция"),
    )

    assert ask(engine, "акция", at=NOON - HOUR) == [1, 3]
    assert ask(engine, "акция", at=NOON) == [2, 3]
    assert engine.expired(NOON - HOUR) == []
    assert engine.expired(NOON) == [1]


def test_filters_narrow(engine):
    rebuild(
        engine,
        document(1, "Роуминг", section_ids=(10, 11), tag_ids=(5,)),
        document(2, "Роуминг", section_ids=(10,), language="en", kind="tariff"),
        document(3, "Роуминг", audience=INTERNAL),
    )

    assert ask(engine, "роуминг", section_id=10) == [1, 2]
    assert ask(engine, "роуминг", section_id=11) == [1]
    assert ask(engine, "роуминг", tag_id=5) == [1]
    assert ask(engine, "роуминг", language="en") == [2]
    assert ask(engine, "роуминг", kind="tariff") == [2]
    assert ask(engine, "роуминг", audience=PUBLIC) == [1, 2]


def test_a_word_becomes_a_correction_once_it_is_no_slip(engine):
    rebuild(engine, document(1, "Эхо", "громкость"))
    near = engine.session(Scope(EVERYTHING, NOON)).vocabulary.near
    assert near("громкозть", 3) == []

    change(engine, document(2, "Шум", "громкость"), seq=2)

    assert engine.session(Scope(EVERYTHING, NOON)).vocabulary.near("громкозть", 3) == ["громкость"]


def test_a_rebuild_leaves_the_old_index_readable_and_changeable_until_it_is_done(engine):
    rebuild(engine, document(1, "Эхо"))
    seen = []

    def documents(after: int):
        change(engine, document(3, "Гудок"), seq=2)
        yield document(2, "Шум")
        seen.append((ask(engine, "эхо"), ask(engine, "гудок")))

    engine.rebuild(documents, position=Position("database", 9))

    assert seen[0] == ([1], [3])
    assert ask(engine, "эхо") == ask(engine, "гудок") == []
    assert ask(engine, "шум") == [2]


def test_a_rebuild_that_fails_leaves_everything_as_it_was(engine):
    rebuild(engine, document(1, "Эхо"))

    def documents(after: int):
        yield document(2, "Шум")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(documents, position=Position("database", 9))

    assert ask(engine, "эхо") == [1]
    assert ask(engine, "шум") == []
    assert engine.position() == START


def test_two_rebuilds_at_once_are_one(engine):
    refused = []

    def documents(after: int):
        yield document(1, "Эхо")
        with pytest.raises(RebuildRunning) as refusal:
            rebuild(engine)
        refused.append(refusal)

    engine.rebuild(documents, position=START)

    assert refused
    assert ask(engine, "эхо") == [1]


def test_a_rebuild_tells_how_far_it_is(engine):
    told = []
    documents = [document(number, "Эхо") for number in (1, 2, 3)]

    assert engine.rebuild(lambda after: documents, position=START, on_progress=told.append) == 3
    assert told[-1] == 3


def test_an_article_that_grew_shorter_leaves_no_passage_behind(engine):
    long = "\n".join(f"{word} " * 120 for word in ("кодек", "громкость", "гарнитура"))
    rebuild(engine, document(1, "Эхо", long))
    assert ask(engine, "гарнитура") == [1]

    change(engine, document(1, "Эхо", "Смените кодек.", version="1-2"), seq=2)

    assert ask(engine, "гарнитура") == []
    assert ask(engine, "кодек") == [1]


def test_a_narrowed_audience_holds_for_article_and_passages(engine):
    rebuild(engine, document(1, "Роуминг", "Пароль барабашка."))
    assert ask(engine, "барабашка", STRANGER) == [1]

    change(engine, document(1, "Роуминг", "Пароль барабашка.", audience=INTERNAL), seq=2)

    assert ask(engine, "барабашка", STRANGER) == ask(engine, "роуминг", STRANGER) == []
    assert ask(engine, "барабашка", Sight(staff=True)) == [1]


def test_the_filter_stands_before_the_cut(engine):
    hidden = [document(n, "Роуминг", "роуминг " * 50, audience=INTERNAL) for n in range(2, 202)]
    rebuild(engine, document(1, "Связь", "О роуминге сказано ниже."), *hidden)

    assert ask(engine, "роуминг", STRANGER) == [1]
    assert ask(engine, "роуминг", Sight(staff=True, team_ids=frozenset({7})), audience=PUBLIC) == [
        1
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"сброс настроек"', [1]),
        ("сброс -телефона", [1]),
        ("im_notify_delete", [3]),
        ("ошибка 488", [3]),
        ("cброс настроикк", [1, 2]),
        ("c,hjc", [1, 2]),
        ("sbros", [1, 2]),
        ("сбр", [1, 2]),
        ("", []),
        ('" AND ( OR * ~ \\ / : {}', []),
        ("🎧 " * 300, []),
    ],
)
def test_every_way_of_asking_leads_to_the_same_articles(engine, query, found):
    rebuild(
        engine,
        document(1, "Сброс настроек"),
        document(2, "Сброс телефона", "Настройки в меню."),
        document(3, "Событие im_notify_delete", "Ошибка 488."),
    )

    answer = ask(engine, query)

    assert set(found) <= set(answer)
    assert bool(found) == bool(answer)


def test_an_excluded_word_is_excluded_wherever_it_stands(engine):
    long = "\n".join(["эхо " * 120, "кодек " * 120])
    rebuild(engine, document(1, "Эхо", long), document(2, "Эхо"))

    assert ask(engine, "эхо -кодек") == [2]


def test_a_repair_is_confirmed_only_by_what_the_viewer_may_find(engine):
    rebuild(engine, document(1, "Роуминг"), document(2, "Барабашка", audience=INTERNAL))
    stranger, staff = (
        engine.session(Scope(sight, NOON)) for sight in (STRANGER, Sight(staff=True))
    )

    assert staff.finds("барабашка")
    assert not stranger.finds("барабашка")
    assert stranger.finds("роуминг")
