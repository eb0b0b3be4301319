"""The records of articles: chained, guarded, and checked against what is live."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from common import triggers
from kb.choices import Audience, State
from kb.models import ArticlePage, ArticleVersion, VersionState
from kb.services.checks import problems

pytestmark = pytest.mark.django_db


def told_by(capsys, command: str) -> tuple[int, str]:
    """The exit code of a command and what it wrote."""
    try:
        call_command(command)
        code = 0
    except SystemExit as end:
        code = end.code
    written = capsys.readouterr()
    return code, written.out + written.err


@pytest.fixture
def chain(write_article):
    """An article with three versions."""
    article = write_article(publish=True, answer="Первый.")
    for answer in ("Второй.", "Третий."):
        draft = ArticlePage.objects.get(pk=article.pk)
        draft.answer = answer
        draft.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)


# --- verify_ledger -----------------------------------------------------------------------------------------------


def test_an_untouched_ledger_verifies(chain, capsys):
    code, words = told_by(capsys, "verify_ledger")

    assert code == 0
    assert "kb.ArticleVersion: 3 rows, ok" in words


def test_one_altered_letter_is_found_and_named(chain, capsys, unguarded):
    version = ArticleVersion.objects.get(seq=2)
    altered = {**version.snapshot, "answer": "Вторай."}
    with unguarded(ArticleVersion):
        ArticleVersion.objects.filter(pk=version.pk).update(snapshot=altered)

    code, words = told_by(capsys, "verify_ledger")

    assert code == 1
    assert f"{chain.uuid} row 2" in words
    assert "row 3" not in words


def test_a_forged_hash_beside_the_altered_text_is_found(chain, capsys, unguarded):
    from common.ledger import sha256_of

    version = ArticleVersion.objects.get(seq=2)
    altered = {**version.snapshot, "answer": "Подделка."}
    with unguarded(ArticleVersion):
        ArticleVersion.objects.filter(pk=version.pk).update(
            snapshot=altered, snapshot_sha256=sha256_of(altered)
        )

    assert told_by(capsys, "verify_ledger")[0] == 1


def test_an_altered_approver_and_moment_are_found(chain, capsys, unguarded, editor):
    with unguarded(ArticleVersion):
        ArticleVersion.objects.filter(seq=1).update(approved_by=editor.user)
        ArticleVersion.objects.filter(seq=3).update(effective_at=timezone.now())

    _code, words = told_by(capsys, "verify_ledger")

    assert "row 1" in words
    assert "row 3" in words


def test_a_removed_row_is_found(chain, capsys, unguarded):
    with unguarded(ArticleVersion, VersionState):
        VersionState.objects.filter(version__seq=2).delete()
        ArticleVersion.objects.filter(seq=2)._raw_delete("default")

    code, words = told_by(capsys, "verify_ledger")

    assert code == 1
    assert "row 2 is missing" in words


def test_a_missing_trigger_is_found(chain, capsys, unguarded):
    with unguarded(ArticleVersion):
        code, words = told_by(capsys, "verify_ledger")

    assert code == 1
    assert "trigger" in words


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kb_articleversion SET title = 'x'",
        "UPDATE kb_articleversion SET seq = seq",
        "DELETE FROM kb_articleversion",
    ],
)
def test_the_database_itself_refuses_to_change_a_version(chain, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert ArticleVersion.objects.count() == 3


def test_postgresql_refuses_to_empty_the_table(chain):
    if connection.vendor != "postgresql":
        assert len(triggers.trigger_names(ArticleVersion)) == 3
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE kb_articleversion CASCADE")


def test_a_version_is_not_changed_by_the_orm_either(chain):
    version = ArticleVersion.objects.first()
    version.title = "Другое"

    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()


# --- check_knowledge ---------------------------------------------------------------------------------------------


def test_sound_knowledge_has_no_problems(chain, write_article, capsys):
    write_article("Черновик")

    assert told_by(capsys, "check_knowledge")[0] == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": None}, "live without a version"),
        ({"version": 1}, "not in force"),
        ({"live": False}, "still has a version in force"),
        ({"answer": "Мимо версии."}, "reads otherwise"),
        ({"audience": Audience.TEAMS}, "names 0 teams"),
    ],
)
def test_a_row_changed_behind_the_gate_is_named(chain, capsys, change, words):
    ArticlePage.objects.filter(pk=chain.pk).update(**change)

    code, told = told_by(capsys, "check_knowledge")

    assert code == 1
    assert words in told
    assert str(chain.pk) in told


def test_an_alias_from_before_is_named(chain, write_article, now):
    other = write_article("Другая")
    ArticlePage.objects.filter(pk=chain.pk).update(alias_of=other)

    assert any("alias" in problem for problem in problems(now=now))


def test_a_version_that_waits_behind_its_moment_is_named(chain, now, later):
    draft = ArticlePage.objects.get(pk=chain.pk)
    draft.go_live_at = now + timedelta(hours=1)
    draft.save_revision().publish()

    assert not list(problems(now=now))
    with later(hours=2):
        assert any("should be in force" in problem for problem in problems(now=timezone.now()))


def test_there_is_never_more_than_one_version_in_force(chain):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic():
        VersionState.objects.filter(number=1).update(state=State.IN_FORCE)
