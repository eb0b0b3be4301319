"""Importing folders of HTML and of DOCX."""

import io
import zipfile

import pytest

from kb.importing import docx
from kb.models import Image
from tests.kb.importing.conftest import picture

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html lang="en"><head><title>Fallback</title>
<link rel="canonical" href="https://help.example.org/echo"><style>p {color: red}</style></head>
<body><nav><a href="/">Home</a></nav><main><h1>Echo on the line</h1>
<p onclick="steal()">Lower the <strong>volume</strong> on the phone at once.
See <a href="../other.html">the other page</a>.</p>
<script>alert(1)</script><iframe src="https://evil.example"></iframe>
<h2>Steps</h2><ol><li>One</li><li>Two <img src="shot.png" alt="Screen"></li></ol>
<div class="admonition warning"><p>Mind the gap</p></div>
<table><tr><th>Code</th><th>Meaning</th></tr><tr><td rowspan="2">401</td><td>password</td></tr>
<tr><td>realm</td></tr></table>
<a href="javascript:alert(1)">x</a><img src="x" onerror="alert(1)"><img src="data:image/png;base64,AA">
<pre><code class="language-sip">REGISTER</code></pre></main><footer>©</footer></body></html>"""


def types_of(article) -> list[str]:
    return [block["type"] for block in article.body.raw_data]


def test_a_page_becomes_an_article_without_its_frame(folder, bring_in, article_of):
    bring_in(
        folder({"sub/echo.html": PAGE, "other.html": "<h1>Other</h1>", "sub/shot.png": picture()})
    )

    article = article_of("wiki/sub/echo.html")
    assert (article.title, article.language) == ("Echo on the line", "en")
    assert article.source_url == "https://help.example.org/echo"
    assert types_of(article) == [
        *("text", "heading", "steps", "image", "callout", "table", "text", "code")
    ]
    blocks = article.body.raw_data
    other = article_of("wiki/other.html").pk
    assert blocks[0]["value"] == (
        "<p>Lower the <b>volume</b> on the phone at once. "
        f'See <a linktype="page" id="{other}">the other page</a>.</p>'
    )
    assert blocks[4]["value"] == {"tone": "warning", "text": "<p>Mind the gap</p>"}
    assert [each["values"] for each in blocks[5]["value"]["rows"]] == [
        ["<p>401</p>", "<p>password</p>"],
        ["", "<p>realm</p>"],
    ]


def test_nothing_hostile_of_a_page_is_stored(folder, bring_in, article_of):
    bring_in(folder({"echo.html": PAGE}))

    stored = str(list(article_of("wiki/echo.html").body.raw_data)).lower()
    for word in ("alert", "script", "onclick", "iframe", "evil", "data:", "steal", "color"):
        assert word not in stored


def test_a_page_in_windows_1251_that_says_so_is_read(folder, bring_in, article_of):
    page = '<meta charset="windows-1251"><h1>Эхо</h1><p>Текст</p>'.encode("cp1251")
    report = bring_in(folder({"a.html": page, "b.html": "<h1>Эхо</h1>".encode("cp1251")}))

    assert article_of("wiki/a.html").title == "Эхо"
    assert [problem.file for problem in report.refused] == ["b.html"]


def test_a_page_nested_without_end_keeps_its_words(folder, bring_in, article_of):
    report = bring_in(folder({"a.html": "<h1>T</h1>" + "<div>" * 5000 + "words"}))

    assert report.imported == 1
    assert "words" in str(article_of("wiki/a.html").body.raw_data[-1]["value"])


def document(body: str, files: dict[str, bytes] | None = None, relations: str = "") -> bytes:
    """A small Word document."""
    space = "http://schemas.openxmlformats.org"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{space}/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{space}/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{space}/package/2006/relationships">{relations}</Relationships>'
        ),
        "word/document.xml": (
            f'<w:document xmlns:w="{space}/wordprocessingml/2006/main" '
            f'xmlns:r="{space}/officeDocument/2006/relationships" '
            f'xmlns:wp="{space}/drawingml/2006/wordprocessingDrawing" '
            f'xmlns:a="{space}/drawingml/2006/main" xmlns:pic="{space}/drawingml/2006/picture">'
            f"<w:body>{body}</w:body></w:document>"
        ),
        **(files or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


IMAGE = (
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="Экран"/><a:graphic><a:graphicData>'
    '<pic:pic><pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r></w:p>"
)
RELATION = (
    '<Relationship Id="rId9" Target="media/a.png" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
)


def test_a_word_document_comes_in_with_its_picture(folder, bring_in, article_of):
    content = document(
        paragraph("Эхо", "Heading1") + paragraph("Снизьте громкость &lt;b&gt;.") + IMAGE,
        {"word/media/a.png": picture()},
        RELATION,
    )
    bring_in(folder({"Связь/echo.docx": content}))

    article = article_of("wiki/Связь/echo.docx")
    assert article.title == "Эхо"
    assert article.get_parent().title == "Связь"
    assert [(block["type"], block["value"]) for block in article.body.raw_data] == [
        ("text", "<p>Снизьте громкость &lt;b&gt;.</p>"),
        ("image", {"image": Image.objects.get().pk, "caption": "", "alt": "Экран"}),
    ]


def test_what_is_no_word_document_is_refused(folder, bring_in):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x.txt", "x")
    whole = document(paragraph("Текст"))
    report = bring_in(
        folder(
            {
                "a.docx": b"PK\x03\x04 nothing",
                "b.docx": stream.getvalue(),
                "c.docx": whole[: len(whole) // 2],
                "d.docx": document("<w:broken"),
                "e.docx": whole,
            }
        )
    )

    assert report.imported == 1
    assert [problem.file for problem in report.refused] == ["a.docx", "b.docx", "c.docx", "d.docx"]


def test_a_document_with_entities_is_refused(folder, bring_in):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    report = bring_in(folder({"a.docx": document(paragraph("Т"), {"word/extra.xml": bomb})}))

    assert "entities" in report.refused[0].reason


def test_a_document_that_unpacks_to_far_more_is_refused(folder, bring_in, monkeypatch):
    monkeypatch.setattr(docx, "MAX_UNPACKED", 100_000)
    content = document(paragraph("Т"), {"word/media/big.png": b"0" * 200_000})

    assert "unpacks to far more" in bring_in(folder({"a.docx": content})).refused[0].reason
