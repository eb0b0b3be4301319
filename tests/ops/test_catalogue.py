"""Extraction, checks and compilation of the catalogue without a gettext program."""

import gettext

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from ops import catalogue


def messages(text: str, kind: str) -> list:
    """What is extracted, without lines."""
    return [(message, context) for _line, message, context in catalogue.messages_of(text, kind)]


def asking_for(*texts, context=None) -> Catalog:
    """What the code asks for."""
    catalog = Catalog(charset="utf-8")
    for text in texts:
        catalog.add(text, locations=[("kb/views.py", 7)], context=context)
    return catalog


def answering(translations: dict) -> Catalog:
    """What the Russian translators have."""
    catalog = Catalog(locale="ru", charset="utf-8")
    for text, translation in translations.items():
        catalog.add(text, translation)
    return catalog


def test_messages_of_python_are_found():
    text = """
label = _("Owner")
words = ngettext_lazy("%(n)s article", "%(n)s articles", "n")
verb = pgettext_lazy("verb", "Open")
"""

    assert messages(text, "python") == [
        ("Owner", None),
        (("%(n)s article", "%(n)s articles"), None),
        ("Open", "verb"),
    ]


def test_messages_of_templates_are_found_whatever_their_indent_and_quotes():
    text = """{% load i18n %}
      <p title="{% translate "It's here" %}">
   {% blocktranslate trimmed count n=items|length with who=_("Nobody") %}
     {{ n }} article of {{ who }}
   {% plural %}
     {{ n }} articles of {{ who }}
   {% endblocktranslate %}
 an unbalanced ( and ' and " here {{ _("Later")|upper }}
{% comment %}{% translate "Not this" %}{% endcomment %}{# {% translate "Nor this" %} #}
{% translate "Open" context "verb" %}
"""

    assert messages(text, "template") == [
        ("It's here", None),
        ("Nobody", None),
        (("%(n)s article of %(who)s", "%(n)s articles of %(who)s"), None),
        ("Later", None),
        ("Open", "verb"),
    ]


def test_a_complete_catalogue_has_no_problems():
    translations = {
        "Owner": "Владелец",
        ("%(n)s article", "%(n)s articles"): ("%(n)s статья", "%(n)s статьи", "%(n)s статей"),
    }

    assert catalogue.problems(answering(translations), asking_for(*translations)) == []


def test_a_missing_translation_is_named_with_its_place():
    assert catalogue.problems(answering({}), asking_for("Owner")) == [
        "kb/views.py:7: no translation of 'Owner'"
    ]


def test_an_empty_translation_is_a_problem():
    [problem] = catalogue.problems(answering({"Owner": ""}), asking_for("Owner"))

    assert "empty translation" in problem


def test_an_unsure_translation_is_a_problem():
    answers = Catalog(locale="ru", charset="utf-8")
    answers.add("Owner", "Владелец", flags=["fuzzy"])

    [problem] = catalogue.problems(answers, asking_for("Owner"))

    assert "unsure" in problem


def test_a_translation_that_speaks_of_another_value_is_a_problem():
    answers = answering({"Hello, %(name)s": "Здравствуйте, %(nmae)s"})

    [problem] = catalogue.problems(answers, asking_for("Hello, %(name)s"))

    assert "placeholders" in problem


def test_a_plural_needs_every_form_of_the_language():
    asked = ("%(n)s article", "%(n)s articles")
    answers = answering({asked: ("%(n)s статья", "%(n)s статей")})

    [problem] = catalogue.problems(answers, asking_for(asked))

    assert "needs 3" in problem


def test_the_same_text_in_another_context_is_another_message():
    answers = answering({"Open": "Открыто"})

    assert catalogue.problems(answers, asking_for("Open", context="verb"))


def test_compiling_makes_what_gettext_reads(tmp_path):
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.po").open("wb") as file:
        write_po(file, answering({"Owner": "Владелец"}))

    assert catalogue.compile_all(tmp_path) == [folder / "django.mo"]
    assert gettext.translation("django", tmp_path, ["ru"]).gettext("Owner") == "Владелец"
    assert catalogue.compile_all(tmp_path) == []


def test_updating_adds_what_is_asked_for_and_drops_what_nobody_asks_for(tmp_path):
    path = tmp_path / "ru" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, answering({"Owner": "Владелец", "Old": "Старый"}))

    assert catalogue.update(path, asking_for("Owner", "New")) == (1, 1)

    with path.open("rb") as file:
        updated = read_po(file, locale="ru")
    assert {message.id: message.string for message in updated if message.id} == {
        "Owner": "Владелец",
        "New": "",
    }


def test_the_catalogues_of_the_site_are_complete():
    wanted = catalogue.extracted()
    files = catalogue.catalogue_files()

    assert len(wanted) > 50
    assert [path.parent.parent.name for path in files] == ["ru"]
    for path in files:
        assert catalogue.problems(catalogue.read(path), wanted) == []
