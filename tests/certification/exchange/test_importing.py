"""Importing questions: figures, lines, keys, drafts; a second run updates; nothing is half done."""

import pytest
from django.core.management import CommandError, call_command

from certification.exchange.formats import FORMATS
from certification.kinds import kind_of
from certification.models import Question

GIFT = """\
$CATEGORY: $course$/top/Деньги/Биллинг

// [id:refund-1] [tag:opora:level=3]
::Перерасчёт::За сколько дней простоя делаем перерасчёт? {
  =за все дни #По договору, п. 4.
  ~за один день
  ~не делаем }

// [id:code-403]
403 при регистрации: что проверяете первым? {~баланс =логин и пароль ~кодеки}

// [id:remark]
Дальше вопросы о жалобах.

Срок ответа по жалобе, дней {#10:2}
"""


def test_questions_come_in_as_drafts_and_what_cannot_is_refused_by_its_line(run_import, billing):
    report = run_import(GIFT)

    assert (report["imported"], report["updated"], report["unchanged"]) == (3, 0, 0)
    assert [problem["line"] for problem in report["refused"]] == [13]
    refund = Question.objects.get(source_id="refund-1")
    assert (refund.live, refund.competence, refund.level) == (False, billing, 3)
    assert refund.body["choices"][0] == {"text": "за все дни", "right": True}
    assert refund.explanation == "«за все дни»: По договору, п. 4."


def test_the_same_file_again_changes_nothing(run_import, billing, bank):
    run_import(GIFT)
    before = bank()

    report = run_import(GIFT, "under-another-name.txt")

    assert (report["imported"], report["updated"], report["unchanged"]) == (0, 0, 3)
    assert bank() == before


def test_a_changed_file_updates_and_what_stood_stays_in_the_history(run_import, billing):
    run_import(GIFT)

    report = run_import(GIFT.replace("за один день", "за два дня"))

    assert (report["imported"], report["updated"], report["unchanged"]) == (0, 1, 2)
    refund = Question.objects.get(source_id="refund-1")
    assert refund.body["choices"][1]["text"] == "за два дня"
    old = refund.revisions.earliest("pk").as_object()
    assert old.body["choices"][1]["text"] == "за один день"


def test_a_live_question_that_an_import_changes_is_no_longer_the_confirmed_one(run_import, billing):
    run_import(GIFT)
    refund = Question.objects.get(source_id="refund-1")
    refund.save_revision().publish()
    refund.refresh_from_db()
    confirmed = refund.content_sha256

    run_import(GIFT.replace("за один день", "за два дня"))

    refund.refresh_from_db()
    assert refund.live
    assert not refund.has_unpublished_changes
    assert refund.content_sha256 != confirmed
    assert refund.get_latest_revision_as_object().body == refund.body


def test_a_dry_run_prints_the_same_figures_and_writes_nothing(run_import, billing, bank):
    dry = run_import(GIFT, "a.gift", "--dry-run")
    assert bank() == []
    assert run_import(GIFT) == dry

    changed = GIFT.replace("за один день", "за два дня")
    before = bank()
    dry = run_import(changed, "a.gift", "--dry-run")
    assert bank() == before
    assert run_import(changed) == dry


def test_what_a_file_names_and_is_not_here_is_a_loss(run_import):
    report = run_import(
        "// [tag:opora:competence=Роуминг] [tag:opora:level=9] [tag:opora:article=none]\nДа? {T}\n"
    )

    assert (report["imported"], len(report["degraded"])) == (1, 1)
    assert report["degraded"][0]["line"] == 2
    assert "Роуминг" in report["degraded"][0]["reason"]
    assert Question.objects.get().competence is None


def test_an_essay_comes_in_with_a_rubric_to_be_written_and_the_one_written_here_stays(run_import):
    essay = """<quiz><question type="essay"><name><text>Фрод</text></name>
    <questiontext format="html"><text><![CDATA[<p>Опишите порядок действий.</p>]]></text></questiontext>
    <defaultgrade>4</defaultgrade><idnumber>e1</idnumber>
    <graderinfo format="html"><text><![CDATA[<p>Сначала запрет, потом разбор.</p>]]></text></graderinfo>
    </question></quiz>"""
    report = run_import(essay, "essay.xml")

    assert (report["imported"], report["refused"], len(report["degraded"])) == (1, [], 1)
    question = Question.objects.get(source_id="e1")
    assert (question.kind, question.live) == ("open", False)
    assert question.body["model"] == "Сначала запрет, потом разбор."
    written = kind_of("open").parse("# Порядок: 2\n2 = запрет первым\n---\nЗапрет, вторая линия.")
    Question.objects.filter(pk=question.pk).update(body=written)

    again = run_import(essay.replace("Опишите порядок", "Опишите весь порядок"), "essay.xml")

    assert (again["updated"], again["imported"]) == (1, 0)
    question.refresh_from_db()
    assert (question.text, question.body) == ("Опишите весь порядок действий.", written)


def test_two_questions_of_one_name_are_told_apart_for_good(run_import):
    file = "::Вопрос::Один? {T}\n\n::Вопрос::Два? {F}\n"
    run_import(file)

    report = run_import(file.replace("Два?", "Два или три?"))

    assert (report["updated"], report["unchanged"]) == (1, 1)
    assert Question.objects.count() == 2


def test_exit_codes_tell_all_some_and_nothing(db, tmp_path):
    (tmp_path / "all.gift").write_text("Да? {T}\n")
    (tmp_path / "some.gift").write_text("Да? {T}\n\nПросто слова.\n")
    (tmp_path / "none.xml").write_text("<quiz><question>")

    call_command("import_questions", str(tmp_path / "all.gift"))
    for name, code in (("some.gift", 3), ("none.xml", 1), ("absent.gift", 1)):
        with pytest.raises(CommandError) as refusal:
            call_command("import_questions", str(tmp_path / name))
        assert refusal.value.returncode == code


KINDS = {
    "single": "+ за все дни\n- за один",
    "multiple": "+ логин\n+ пароль\n- баланс",
    "true_false": "-",
    "short": "кодеки\nкодек",
    "numeric": "30 ± 2",
    "ordering": "Заблокировать\nСообщить СБ\nОформить заявку",
    "matching": "403 -> логин и пароль\n488 -> кодеки\n-> баланс",
    "gap": "Перерасчёт за {+все | один} дней, не позже {#10} числа, по {=заявлению | заявке}",
    "find": "/kb/downtime/ Перерасчёт за простой",
    "mark": "Оператор: Добрый день\n! Оператор: Успокойтесь\nКлиент: Где деньги?",
    "classify": "Категория: +Биллинг | Сеть\nСрочность: Высокая | +Обычная",
    "situational": "100 Спросить кодовое слово\n40 Позвать старшего\n0 Продиктовать",
}


@pytest.fixture
def every_kind(billing):
    """A question of each kind."""
    from certification.kinds import kind_of

    return [
        Question.objects.create(
            kind=kind,
            text=f"Вопрос вида {kind}: что верно?\nОтветьте.",
            body=kind_of(kind).parse(notation),
            explanation="Потому что = так {и} никак #иначе.",
            competence=billing,
            level=2,
        )
        for kind, notation in KINDS.items()
    ]


def test_an_export_read_again_changes_nothing(every_kind, format_name, tmp_path, run_import, bank):
    before = bank()
    file = tmp_path / f"bank.{FORMATS[format_name].ending}"

    call_command("export_questions", str(file), "--format", format_name)
    report = run_import(file.read_bytes(), file.name)

    assert report == {
        "imported": 0,
        "updated": 0,
        "unchanged": len(KINDS),
        "degraded": [],
        "refused": [],
    }
    assert bank() == before


def test_an_export_fills_an_empty_bank_with_the_same_questions(
    every_kind, format_name, tmp_path, run_import, bank
):
    before, names = bank(), set(Question.objects.values_list("uuid", flat=True))
    file = tmp_path / f"bank.{FORMATS[format_name].ending}"
    call_command("export_questions", str(file), "--format", format_name)
    Question.objects.all().delete()

    report = run_import(file.read_bytes(), file.name)

    assert (report["imported"], report["degraded"]) == (len(KINDS), [])
    assert bank() == before
    assert set(Question.objects.values_list("uuid", flat=True)) == names


def test_the_work_of_an_import_does_not_grow_with_the_number_of_new_questions(
    run_import, django_assert_max_num_queries
):
    file = "\n\n".join(f"::n{n}::Вопрос {n}? {{T}}" for n in range(60))

    with django_assert_max_num_queries(12):
        run_import(file)
