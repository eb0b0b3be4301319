"""What only the embedded engine promises: files of this machine, shared by several processes."""

import threading

import pytest

from search.audience import EVERYTHING
from search.engines import embedded
from search.engines.base import IndexUnavailable, Position, RebuildRunning, Scope
from search.engines.embedded import EmbeddedEngine
from search.engines.filelock import FileLock
from search.understanding import understand
from tests.search.contract.documents import NOON, START, ask, change, document, rebuild


@pytest.fixture
def engine(tmp_path):
    """An engine with nothing in it."""
    return EmbeddedEngine(tmp_path / "index")


def test_a_session_answers_from_one_moment(engine):
    rebuild(engine, document(1, "Эхо"))
    session = engine.session(Scope(EVERYTHING, NOON))
    change(engine, removed=[1], seq=2)

    assert session.candidates(understand("эхо", session.vocabulary, literal=True))
    assert ask(engine, "эхо") == []


def test_another_process_sees_the_change(engine):
    other = EmbeddedEngine(engine.root)
    rebuild(engine, document(1, "Эхо"))
    assert ask(other, "эхо") == [1]

    change(engine, document(2, "Эхо"), seq=2)
    assert ask(other, "эхо") == [1, 2]

    rebuild(engine, document(3, "Эхо"), position=Position("database", 3))
    assert ask(other, "эхо") == [3]


def test_an_index_of_other_code_is_not_used(engine, monkeypatch):
    rebuild(engine, document(1, "Эхо"))
    monkeypatch.setattr(embedded, "MADE_BY", "another")

    with pytest.raises(IndexUnavailable):
        EmbeddedEngine(engine.root).position()


def test_reading_while_writing_never_fails(engine):
    rebuild(engine, document(1, "Эхо", "кодек"))
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
        change(engine, document(seq, "Шум", "кодек"), seq=seq)
    rebuild(engine, document(1, "Эхо", "кодек"), position=Position("database", 12))
    done.set()
    for reader in readers:
        reader.join()

    assert failures == []


def test_a_broken_index_is_unavailable_and_a_rebuild_mends_it(engine):
    rebuild(engine, document(1, "Эхо"))
    for path in engine.root.glob("generation-*/dictionary.sqlite3*"):
        path.write_bytes(b"not a database" * 100)
    other = EmbeddedEngine(engine.root)

    with pytest.raises(IndexUnavailable):
        ask(other, "эхо")
    with pytest.raises(IndexUnavailable):
        other.position()

    rebuild(other, document(1, "Эхо"))
    assert ask(other, "эхо") == [1]


def test_a_generation_put_away_between_two_steps_of_a_reader_is_followed(engine, monkeypatch):
    rebuild(engine, document(1, "Эхо"))
    other = EmbeddedEngine(engine.root)
    open_generation, names = other._open, ["generation-gone"]
    monkeypatch.setattr(
        other, "_open", lambda name: open_generation(names.pop() if names else name)
    )

    assert ask(other, "эхо") == [1]


def test_a_rebuild_in_another_process_is_seen(engine):
    with FileLock(engine.root / "rebuild.lock").hold(wait=True), pytest.raises(RebuildRunning):
        rebuild(engine)


def test_a_rebuild_that_failed_leaves_no_files(engine):
    rebuild(engine, document(1, "Эхо"))

    def documents(after: int):
        yield document(2, "Шум")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(documents, position=START)

    assert len([path for path in engine.root.iterdir() if path.is_dir()]) == 1
