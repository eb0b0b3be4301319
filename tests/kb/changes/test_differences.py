"""Two texts compared: nothing is lost, nothing is invented, what did not change is not marked."""

from hypothesis import given
from hypothesis import strategies as st

from kb.differences import Op, Paragraph, compare, unmarked
from kb.paragraphs import paragraphs_of

LINES = st.lists(
    st.builds(
        Paragraph,
        st.text("аб в.1", min_size=1, max_size=12),
        st.sampled_from(["text", "item"]),
        st.booleans(),
    ),
    max_size=6,
)


@given(LINES, LINES)
def test_without_what_is_gone_it_is_the_new_text_and_without_what_is_new_the_old(before, after):
    shown = compare(before, after)

    new = [one.words(Op.GONE) for one in shown]
    old = [one.words(Op.NEW) for one in shown]
    assert [text for text in new if text] == [one.text for one in after]
    assert sorted(text for text in old if text) == sorted(one.text for one in before)


@given(LINES)
def test_the_same_text_is_not_marked(text):
    assert not any(one.is_changed for one in compare(text, text))
    assert compare(text, text) == unmarked(text)


def test_one_number_is_one_changed_word():
    (shown,) = compare([Paragraph("через 20 секунд")], [Paragraph("через 30 секунд")])

    assert [(piece.op, piece.text) for piece in shown.pieces] == [
        ("kept", "через "),
        ("gone", "20"),
        ("new", "30"),
        ("kept", " секунд"),
    ]


def test_a_snapshot_is_read_block_by_block():
    body = [
        {"type": "heading", "value": "Как включить"},
        {"type": "text", "value": "<p>Раз</p><ul><li>два &amp; три</li></ul>"},
        {"type": "steps", "value": {"title": "", "items": [{"value": "<p>Откройте</p>"}]}},
        {"type": "faq", "value": {"questions": [{"question": "Что?", "answer": "<p>То.</p>"}]}},
        {"type": "internal", "value": [{"type": "say", "value": "Только нам"}]},
    ]
    found = paragraphs_of({"title": "Эхо", "answer": "Да.", "body": body})

    assert [(one.kind, one.text, one.internal) for one in found] == [
        ("title", "Эхо", False),
        ("answer", "Да.", False),
        ("heading", "Как включить", False),
        ("text", "Раз", False),
        ("item", "два & три", False),
        ("step", "Откройте", False),
        ("heading", "Что?", False),
        ("text", "То.", False),
        ("say", "Только нам", True),
    ]
