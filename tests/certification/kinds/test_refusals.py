"""What a question of each kind cannot be, by the line of its notation."""

import pytest

from certification.kinds import KINDS, Malformed, NotAnAnswer

REFUSED = [
    ("ordering", "один", "two_to_twenty_steps", None),
    ("ordering", "один\nОдин", "step_twice", 2),
    ("matching", "фрод -> СБ\nплатёж", "pair_needs_an_arrow", 2),
    ("matching", "фрод -> СБ\nфрод -> биллинг", "left_twice", 2),
    ("matching", "фрод -> СБ\nплатёж -> СБ", "two_right_sides", None),
    ("gap", "срок: 30 дней", "one_to_twenty_gaps", None),
    ("gap", "срок: {30 дней", "braces_do_not_match", None),
    ("gap", "срок: {30 | 60} дней", "one_right_entry", None),
    ("gap", "срок: {#тридцать} дней", "a_number", None),
    ("find", "Перерасчёт за простой", "an_address", 1),
    ("mark", "Оператор: Здравствуйте\nКлиент: Где деньги?", "a_mistake_and_a_right_line", None),
    ("mark", "!! Оператор: Ждите\nКлиент: Сколько?", "line_with_a_sign", 1),
    ("classify", "Категория", "field_needs_a_name", 1),
    ("classify", "Категория: Сеть | Биллинг", "one_right_entry", 1),
    ("situational", "Спросить кодовое слово", "choice_needs_a_worth", 1),
    ("situational", "90 Спросить\n10 Отказать", "worth_from_best_to_less", None),
    ("situational", "100 Спросить\n0 Отказать", "worth_in_degrees", None),
    ("open", "2 = всё\n---\nОбразец", "criterion_or_anchor", 1),
    ("open", "# Тон: 2\n2 = ровный\n---", "a_model_answer", None),
    ("open", "# Тон: 2\n1 = ровный\n---\nОбразец", "an_anchor_for_full_points", 1),
    ("open", "# Тон: 2\n2 = да\n2 = нет\n---\nОбразец", "anchor_twice", 1),
    ("open", "# Тон: 2\n3 = да\n---\nОбразец", "anchor_beyond_points", 1),
    ("open", "# Тон: 9\n9 = да\n---\nОбразец", "one_to_five_points", 1),
]


@pytest.mark.parametrize(("name", "notation", "code", "line"), REFUSED)
def test_a_question_that_cannot_be_is_refused_by_its_line(name, notation, code, line):
    with pytest.raises(Malformed) as refusal:
        KINDS[name].parse(notation)

    assert (refusal.value.code, refusal.value.line) == (code, line)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    "body", [{}, {"choices": 5}, {"steps": [1, 2]}, {"pairs": [{}], "extra": []}]
)
def test_a_body_of_another_form_is_refused(name, body):
    with pytest.raises(Malformed):
        KINDS[name].validate(body)


def test_an_ordering_loses_a_part_for_each_step_out_of_its_place():
    kind, body = KINDS["ordering"], {"steps": ["а", "б", "в", "г", "д"]}
    keys = {str(place): place - 1 for place in range(1, 6)}

    assert float(kind.score(body, keys, ["1", "2", "4", "3", "5"])) == 0.75
    assert float(kind.score(body, keys, ["5", "4", "3", "2", "1"])) == 0
    with pytest.raises(NotAnAnswer):
        kind.read(body, keys, ["1", "1", "2"])


def test_an_article_is_found_by_address_or_title_in_any_form_of_its_words():
    kind = KINDS["find"]
    body = kind.parse("https://kb.example.test/kb/downtime/?from=mail Перерасчёт за простой")

    for answer in ("/kb/downtime", "http://localhost/kb/downtime/#term", "перерасчеты за простой"):
        assert kind.score(body, {}, [answer]) == 1
    assert kind.score(body, {}, ["/kb/downtime/other/"]) == 0


def test_a_gap_takes_a_word_in_any_form_and_a_number_with_a_comma():
    kind = KINDS["gap"]
    body = kind.parse("Пиров {+два | три}, кодек {=G.711 | Г711}, порог {#1,5 ± 0.1} %")
    keys = {"orders": [[1, 0], [], []]}

    read = kind.read(body, keys, ["2", "g.711", "1,55"])

    assert kind.score(body, keys, read) == 1
    assert kind.told(body, keys, read)[0] == "два"
