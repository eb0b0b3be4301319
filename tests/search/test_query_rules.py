"""The pure rules: analysis, layout, transliteration, understanding, passages, snippets, ranking, texts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis, glossary, layout, passages, snippets, spelling, texts, transliteration
from search.ranking import Candidate, Title, rerank
from search.snippets import Wanted
from search.understanding import MAX_LENGTH, Group, Understood, clean, understand

ANY_TEXT = st.text(max_size=300)
RUSSIAN = st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=12)


class Known:
    """A vocabulary of the given words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def counts(self, words):
        """Those that are known."""
        return {word: 1 for word in words if word in self.words}

    def known_terms(self, terms):
        """Those that a known word has."""
        return set(terms) & {analysis.term(word) for word in self.words}

    def near(self, word, limit):
        """Known words one slip away."""
        return [found for _, found in sorted(spelling.within(word, self.words, 1))][:limit]

    def sounding(self, keys, *, russian, limit):
        """Known words of the other script and of this sound."""
        script = analysis.CYRILLIC if russian else analysis.LATIN
        known = [word for word in self.words if script.match(word)]
        sounds = {word: transliteration.key_of_russian(word) for word in known}
        if not russian:
            sounds = {word: transliteration.keys_of_latin(word)[0] for word in known}
        return [word for word in known if sounds[word] in keys][:limit]

    def paraphrases(self, terms):
        return {}

    def translations(self, terms):
        """None."""
        return {}

    def completions(self, prefix, limit):
        """Known words that begin so."""
        return [word for word in self.words if word.startswith(prefix)][:limit]


TELEPHONY = Known(
    "не", "слышно", "клиента", "телефония", "запись", "sip", "im_notify_delete", "488"
)


@given(ANY_TEXT)
def test_any_text_can_be_analysed_and_asked(text):
    assert all(word == word.lower() for word in analysis.words(text))
    understood = understand(text, TELEPHONY)
    assert len(understood.typed) <= MAX_LENGTH
    snippets.snippet(text, Wanted.of(understood))


@given(ANY_TEXT)
def test_offsets_point_into_the_original(text):
    for token in analysis.tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert text[token.start : token.end].strip() != ""


@given(ANY_TEXT)
def test_marking_loses_and_adds_no_letter(text):
    wanted = Wanted(frozenset({"слышно"}))
    joined = "".join(stretch.text for stretch in snippets.marked(text, wanted))

    assert joined == unicodedata.normalize("NFC", text)


@given(RUSSIAN)
def test_the_wrong_layout_can_be_undone(word):
    assert layout.to_russian(layout.to_english(word)) == word.replace("ё", "е")


@given(RUSSIAN, st.data())
def test_one_slip_shares_a_key(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    slipped = word[:place] + "ж" + word[place + 1 :]

    assert spelling.keys(word) & spelling.keys(slipped)


@pytest.mark.parametrize(
    ("spelling_", "word"),
    [
        ("podklyuchenie", "подключение"),
        ("podkluchenie", "подключение"),
        ("schet", "счет"),
        ("shchit", "щит"),
        ("zhurnal", "журнал"),
        ("khranilishche", "хранилище"),
        ("tsifra", "цифра"),
        ("telefoniya", "телефония"),
        ("telefonija", "телефония"),
        ("novyie", "новые"),
        ("schyot", "счет"),
        ("bitrix", "битрикс"),
        ("xost", "хост"),
    ],
)
def test_every_scheme_of_transliteration_gives_the_same_key(spelling_, word):
    assert transliteration.key_of_russian(word) in transliteration.keys_of_latin(spelling_)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ёлка", ["елка"]),
        ("im_notify_delete", ["im", "notify", "delete", "im_notify_delete"]),
        ("5.7.750", ["5", "7", "750", "5_7_750"]),
        ("SIP-ALG", ["sip", "alg", "sip_alg"]),
        ("Битрикс24", ["битрикс", "24", "битрикс_24"]),
        ("G.711", ["g", "711", "g_711"]),
        ("g711", ["g", "711", "g_711"]),
        ("ﬁle", ["file"]),
        ("за\u0301мок", ["замок"]),
        ("", []),
        ("!?.,", []),
    ],
)
def test_words_are_folded_and_compounds_kept_whole(text, words):
    assert analysis.words(text) == words


def test_forms_of_a_word_share_a_term():
    assert analysis.term("звонками") == analysis.term("звонок")
    assert analysis.term("calls") == analysis.term("calling")


@pytest.mark.parametrize(
    ("typed", "text", "repair"),
    [
        ("cksiyj RKBTYNF", "слышно клиента", "layout"),
        ("ghbdtn vbh", "ghbdtn vbh", None),
        ("yt cksiyj rkbtynf", "не слышно клиента", "layout"),
        ("ышз", "sip", "layout"),
        ("телефонея", "телефония", "typo"),
        ("telefoniya", "телефония", "sound"),
        ("сип", "sip", "sound"),
        ("слышно клиента", "слышно клиента", None),
        ("im_notify_delete", "im_notify_delete", None),
    ],
)
def test_a_repair_is_made_only_where_it_makes_words_known(typed, text, repair):
    understood = understand(typed, TELEPHONY)

    assert understood.text == text
    assert [note.repair for note in understood.notes] == ([repair] if repair else [])


def test_a_last_word_may_be_unfinished_and_needs_no_note():
    understood = understand("слышно клие", TELEPHONY)

    assert understood.notes == ()
    assert analysis.term("клиента") in dict(understood.groups[-1].terms)


def test_as_typed_means_as_typed():
    understood = understand("телефонея", TELEPHONY, literal=True)

    assert understood.text == "телефонея"
    assert understood.notes == ()


def test_stop_words_alone_are_still_a_question():
    assert understand("не", TELEPHONY).groups


def test_phrases_and_excluded_words_are_told_apart():
    understood = understand("«запись клиента» sip -телефония 8-800", TELEPHONY)

    assert understood.phrases == ((analysis.term("запись"), analysis.term("клиента")),)
    assert understood.excluded == (analysis.term("телефония"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\x00\x01",
        "?!.,;",
        "🙂🙂",
        "и в на",
        "a" * 10_000,
        "слышно " * 3_000,
        "שלום",
        "AND OR NOT (",
    ],
)
def test_bad_input_is_a_question_like_any_other(text):
    understood = understand(text, TELEPHONY)

    assert len(understood.typed) <= MAX_LENGTH
    assert len(understood.groups) <= 32


def test_direction_marks_and_control_characters_are_dropped():
    assert clean("за\u200bпись\u202e \x00 звонка") == "за пись звонка"


def test_passages_cover_the_text_in_order_and_a_short_last_line_opens_the_next():
    lines = [f"слово{i} " * 30 for i in range(8)]
    lines[3] = "Заголовок"
    lines.insert(3, "ещё " * 25)

    cut = passages.cut("\n".join(lines))

    assert len(cut) > 1
    assert all(line.strip() in "\n".join(cut) for line in lines)
    assert passages.cut("") == []


def test_a_snippet_begins_near_what_was_found():
    text = "Начало. " * 100 + "Здесь слышно эхо. " + "Конец. " * 100
    stretches = snippets.snippet(text, Wanted(frozenset({"эхо"})))

    assert [stretch.text for stretch in stretches if stretch.marked] == ["эхо"]
    assert stretches[0].text == "… "


def understood_of(*words: str) -> Understood:
    """A query of known words."""
    groups = tuple(Group(word, ((analysis.term(word), 1.0),)) for word in words)
    return Understood(" ".join(words), " ".join(words), groups=groups, words=words)


def candidate(number: int, title: str, score: float) -> Candidate:
    """A candidate found on both roads with the same score."""
    words = analysis.words(title)
    shown = Title.of(words)
    return Candidate(number, shown, article_score=score, passage_score=score)


def test_the_title_that_says_it_and_nothing_else_comes_first():
    candidates = [
        candidate(1, "Перенос номера и другие услуги оператора связи", 10),
        candidate(2, "Перенос номера", 9),
        candidate(3, "Услуги", 10),
    ]

    order = [
        c.article for _, c in rerank(understood_of("перенос", "номера"), candidates, lambda t: 1)
    ]

    assert order == [2, 1, 3]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        (("телефон", "возникает", "эхо"), 2),
        (("телефон", "включить", "эхо"), 1),
    ],
)
def test_who_tells_of_a_trouble_is_led_to_an_article_about_one(typed, first):
    candidates = [
        candidate(1, "Эхо и телефон", 10),
        candidate(2, "Не проходит эхо-тест телефона", 9),
    ]

    ordered = rerank(understood_of(*typed), candidates, lambda t: 1)

    assert ordered[0][1].article == first


def test_the_order_of_equals_is_stable():
    candidates = [candidate(number, "Эхо", 1) for number in (3, 1, 2)]

    assert [c.article for _, c in rerank(understood_of("эхо"), candidates, lambda t: 1)] == [
        1,
        2,
        3,
    ]


BODY = [
    {"type": "heading", "value": "Настройка"},
    {
        "type": "text",
        "value": "<h3>Шаг</h3><p>Первый &amp; <b>второй</b></p><ul><li>пункт</li></ul>",
    },
    {
        "type": "steps",
        "value": {
            "title": "Делайте",
            "items": [{"type": "item", "value": "<p>Раз</p>", "id": "1"}],
        },
    },
    {"type": "callout", "value": {"tone": "danger", "text": "<p>Опасно</p>"}},
    {
        "type": "table",
        "value": {
            "columns": [{"type": "text", "heading": "Код"}],
            "rows": [{"values": ["<p>488</p>"]}],
        },
    },
    {"type": "image", "value": {"image": 5, "caption": "Схема", "alt": "Провода"}},
    {"type": "code", "value": {"language": "ini", "code": "host=<dynamic>\nnat=yes"}},
    {"type": "say", "value": "Подождите минуту"},
    {"type": "faq", "value": [{"question": "Почему?", "answer": "<p>Потому</p>"}]},
    {"type": "internal", "value": [{"type": "text", "value": "<p>Секрет</p>"}]},
]


def test_every_block_gives_its_text_and_the_internal_part_stays_apart():
    own, internal = texts.of_body(BODY)

    assert own.paragraphs == [
        "Настройка",
        "Шаг",
        "Первый & второй",
        "пункт",
        "Делайте",
        "Раз",
        "Опасно",
        "Код",
        "488",
        "Схема",
        "Провода",
        "host=<dynamic>",
        "nat=yes",
        "Почему?",
        "Потому",
    ]
    assert own.headings == ["Настройка", "Шаг"]
    assert internal.paragraphs == ["Подождите минуту", "Секрет"]
    assert texts.steps_of(BODY) == ["Раз"]


def test_a_glossary_is_learned_from_titles_that_translate_each_other():
    pairs = [
        ("Запись звонков", "Call recording"),
        ("Включить запись", "Turn on recording"),
        ("Перевод звонка", "Call transfer"),
        ("Роуминг", "Roaming"),
    ]

    learned = glossary.learn(pairs)

    assert [(pair.russian, pair.english) for pair in learned] == [
        ("запись", "recording"),
        ("звонок", "call"),
    ]
