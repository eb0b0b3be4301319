"""The sanitiser of rich text: what is not listed is gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.sanitising import clean_rich_text, clean_source, safe_href, strip_tags

HOSTILE = [
    "<script>alert(1)</script>",
    "<p onclick='alert(1)'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='vbscript:alert(1)'>x</a>",
    "<a href='data:text/html,alert(1)'>x</a>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><img src=x onerror=alert(1)>",
    "<iframe src='https://evil.example/alert'></iframe>",
    "<style>p{background:url(javascript:alert(1))}</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<embed src='alert(1)'>",
    "<object data='alert(1)'></object>",
    "<form action='/alert'><input value='alert'></form>",
    "<!-- alert --><p>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
]


@pytest.mark.parametrize("source", HOSTILE)
@pytest.mark.parametrize("clean", [clean_rich_text, clean_source, strip_tags])
def test_nothing_hostile_is_left(clean, source):
    assert "alert" not in clean(source)


def test_what_an_editor_may_write_stays():
    source = (
        '<h3>А</h3><p>б <b>в</b> <i>г</i> <code>д</code><br><a href="https://example.org/">е</a></p>'
        '<ul><li>ж</li></ul><ol><li>з</li></ol><p><a linktype="page" id="3">и</a> '
        '<a linktype="document" id="4">к</a> <a href="mailto:a@b.ru">л</a></p>'
    )
    assert clean_rich_text(source) == source


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ('<a linktype="user" id="3">x</a>', '<a id="3">x</a>'),
        ('<a linktype="page" id="3 or 1">x</a>', '<a linktype="page">x</a>'),
        ('<embed embedtype="image" id="3">', ""),
        ('<a href="../relative">x</a>', "<a>x</a>"),
    ],
)
def test_links_are_to_pages_documents_and_safe_addresses_only(source, stored):
    assert clean_rich_text(source) == stored


@given(st.text())
def test_cleaning_twice_is_cleaning_once(source):
    once = clean_rich_text(source)
    assert clean_rich_text(once) == once


@pytest.mark.parametrize(
    "href",
    ["", "x", "//evil.example", "http:evil", "https://", "javascript:x", "https:///x", "tel:"],
)
def test_an_address_without_a_scheme_and_a_host_is_none(href):
    assert safe_href(href) is None
