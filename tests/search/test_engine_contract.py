"""What every engine promises, tried on each of them without a database."""

import datetime
import threading

import pytest

from search.audience import EVERYTHING, INTERNAL, PUBLIC, STRANGER, Sight, teams
from search.engines import embedded
from search.engines.base import (
    Document,
    Filters,
    IndexUnavailable,
    Part,
    Position,
    RebuildRunning,
    Scope,
)
from search.engines.embedded import EmbeddedEngine
from search.engines.filelock import FileLock
from search.understanding import understand

NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
START = Position("database", 1)


@pytest.fixture(params=["embedded"])
def engine(request, tmp_path):
    """An engine with nothing in it."""
    return EmbeddedEngine(tmp_path / "index")


def document(article: int, title: str, text: str = "", **fields) -> Document:
    """A document with one part."""
    audience = fields.setdefault("audience", PUBLIC)
    fields.setdefault("parts", (Part(audience, text),))
    fields.setdefault("language", "ru")
    fields.setdefault("version", f"{article}-1")
    return Document(article=article, title=title, **fields)


def ask(engine, query: str, sight: Sight = EVERYTHING, at=NOON, **filters) -> list[int]:
    """The articles the engine proposes, in the order of their numbers."""
    session = engine.session(Scope(sight, at, Filters(**filters)))
    candidates = session.candidates(understand(query, session.vocabulary))
    return sorted(candidate.article for candidate in candidates)


def knows(engine, word: str, sight: Sight = EVERYTHING) -> bool:
    """Whether the vocabulary of a viewer holds ``word``."""
    return word in engine.session(Scope(sight, NOON)).vocabulary.counts([word])


def test_an_index_that_was_never_built_is_unavailable(engine):
    with pytest.raises(IndexUnavailable):
        engine.session(Scope(EVERYTHING, NOON))
    with pytest.raises(IndexUnavailable):
        engine.position()


def test_what_was_put_in_is_found_replaced_and_taken_out(engine):
    engine.rebuild([document(1, "Эхо", "Смените кодек."), document(2, "Шум")], position=START)
    assert ask(engine, "кодек") == [1]

    engine.apply(
        documents=[document(1, "Эхо", "Уменьшите громкость.", version="1-2")],
        removed=[2],
        position=Position("database", 5),
    )

    assert ask(engine, "кодек") == []
    assert ask(engine, "громкость") == [1]
    assert ask(engine, "шум") == []
    assert engine.position() == Position("database", 5)
    assert {article: entry.version for article, entry in engine.inventory()} == {1: "1-2"}


def test_applying_the_same_twice_changes_nothing(engine):
    engine.rebuild([], position=START)
    for _ in range(2):
        engine.apply(documents=[document(1, "Эхо")], removed=[], position=Position("database", 2))

    assert ask(engine, "эхо") == [1]
    vocabulary = engine.session(Scope(EVERYTHING, NOON)).vocabulary
    assert vocabulary.counts(["эхо"]) == {"эхо": 1}


def test_words_leave_the_vocabulary_with_their_last_article(engine):
    engine.rebuild([document(1, "Эхо", "кодек"), document(2, "Шум", "кодек")], position=START)
    engine.apply(documents=[], removed=[1], position=Position("database", 2))
    assert knows(engine, "кодек")
    assert not knows(engine, "эхо")

    engine.apply(documents=[], removed=[2], position=Position("database", 3))
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
    engine.rebuild(
        [
            document(1, "Роуминг"),
            document(2, "Роуминг", audience=INTERNAL),
            document(3, "Роуминг", audience=teams([7, 8])),
            document(4, "Роуминг", audience=teams([8])),
        ],
        position=START,
    )

    assert ask(engine, "роуминг", sight) == found


def test_a_passage_has_an_audience_of_its_own(engine):
    parts = (Part(PUBLIC, "Видно всем."), Part(INTERNAL, "Пароль барабашка."))
    engine.rebuild([document(1, "Стенд", parts=parts)], position=START)

    assert ask(engine, "барабашка", STRANGER) == []
    assert ask(engine, "барабашка", Sight(staff=True)) == [1]
    assert not knows(engine, "барабашка", STRANGER)
    assert knows(engine, "барабашка", Sight(staff=True))


def test_a_time_limit_is_kept_to_the_second(engine):
    engine.rebuild(
        [
            document(1, "Акция", valid_until=NOON),
            document(2, "Акция", valid_from=NOON),
            document(3, "Акция"),
        ],
        position=START,
    )

    assert ask(engine, "акция", at=NOON - HOUR) == [1, 3]
    assert ask(engine, "акция", at=NOON) == [2, 3]
    assert engine.expired(NOON - HOUR) == []
    assert engine.expired(NOON) == [1]


def test_filters_narrow(engine):
    engine.rebuild(
        [
            document(1, "Роуминг", section_ids=(10, 11), tag_ids=(5,)),
            document(2, "Роуминг", section_ids=(10,), language="en", kind="tariff"),
            document(3, "Роуминг", audience=INTERNAL),
        ],
        position=START,
    )

    assert ask(engine, "роуминг", section_id=10) == [1, 2]
    assert ask(engine, "роуминг", section_id=11) == [1]
    assert ask(engine, "роуминг", tag_id=5) == [1]
    assert ask(engine, "роуминг", language="en") == [2]
    assert ask(engine, "роуминг", kind="tariff") == [2]
    assert ask(engine, "роуминг", audience=PUBLIC) == [1, 2]


def test_a_session_answers_from_one_moment(engine):
    engine.rebuild([document(1, "Эхо")], position=START)
    session = engine.session(Scope(EVERYTHING, NOON))
    engine.apply(documents=[], removed=[1], position=Position("database", 2))

    assert session.candidates(understand("эхо", session.vocabulary, literal=True))
    assert ask(engine, "эхо") == []


def test_a_rebuild_leaves_the_old_index_readable_until_it_is_done(engine):
    engine.rebuild([document(1, "Эхо")], position=START)
    seen = []

    def documents():
        yield document(2, "Шум")
        seen.append(ask(engine, "эхо"))

    engine.rebuild(documents(), position=Position("database", 9))

    assert seen == [[1]]
    assert ask(engine, "эхо") == []
    assert ask(engine, "шум") == [2]


def test_a_rebuild_that_fails_leaves_everything_as_it_was(engine):
    engine.rebuild([document(1, "Эхо")], position=START)

    def documents():
        yield document(2, "Шум")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(documents(), position=Position("database", 9))

    assert ask(engine, "эхо") == [1]
    assert engine.position() == START
    assert len([path for path in engine.root.iterdir() if path.is_dir()]) == 1


def test_two_rebuilds_at_once_are_one(engine):
    with FileLock(engine.root / "rebuild.lock").hold(wait=True), pytest.raises(RebuildRunning):
        engine.rebuild([], position=START)


def test_another_process_sees_the_change(engine):
    other = EmbeddedEngine(engine.root)
    engine.rebuild([document(1, "Эхо")], position=START)
    assert ask(other, "эхо") == [1]

    engine.apply(documents=[document(2, "Эхо")], removed=[], position=Position("database", 2))
    assert ask(other, "эхо") == [1, 2]

    engine.rebuild([document(3, "Эхо")], position=Position("database", 3))
    assert ask(other, "эхо") == [3]


def test_an_index_of_other_code_is_not_used(engine, monkeypatch):
    engine.rebuild([document(1, "Эхо")], position=START)
    monkeypatch.setattr(embedded, "MADE_BY", "another")

    with pytest.raises(IndexUnavailable):
        EmbeddedEngine(engine.root).position()


def test_reading_while_writing_never_fails(engine):
    engine.rebuild([document(1, "Эхо", "кодек")], position=START)
    failures: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                assert 1 in ask(engine, "эхо кодех")
            except Exception as failure:
                failures.append(failure)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for seq in range(2, 12):
        engine.apply(
            documents=[document(seq, "Шум", "кодек")],
            removed=[],
            position=Position("database", seq),
        )
    engine.rebuild([document(1, "Эхо", "кодек")], position=Position("database", 12))
    done.set()
    for reader in readers:
        reader.join()

    assert failures == []


def test_a_word_becomes_a_correction_once_it_is_no_slip(engine):
    engine.rebuild([document(1, "Эхо", "громкость")], position=START)
    near = engine.session(Scope(EVERYTHING, NOON)).vocabulary.near
    assert near("громкозть", 3) == []

    engine.apply(
        documents=[document(2, "Шум", "громкость")], removed=[], position=Position("database", 2)
    )

    assert engine.session(Scope(EVERYTHING, NOON)).vocabulary.near("громкозть", 3) == ["громкость"]


def test_a_broken_index_is_unavailable_and_a_rebuild_mends_it(engine):
    engine.rebuild([document(1, "Эхо")], position=START)
    for path in engine.root.glob("generation-*/dictionary.sqlite3*"):
        path.write_bytes(b"not a database" * 100)
    other = EmbeddedEngine(engine.root)

    with pytest.raises(IndexUnavailable):
        ask(other, "эхо")
    with pytest.raises(IndexUnavailable):
        other.position()

    other.rebuild([document(1, "Эхо")], position=START)
    assert ask(other, "эхо") == [1]


def test_a_generation_put_away_between_two_steps_of_a_reader_is_followed(engine, monkeypatch):
    engine.rebuild([document(1, "Эхо")], position=START)
    other = EmbeddedEngine(engine.root)
    open_generation, names = other._open, ["generation-gone"]
    monkeypatch.setattr(
        other, "_open", lambda name: open_generation(names.pop() if names else name)
    )

    assert ask(other, "эхо") == [1]
