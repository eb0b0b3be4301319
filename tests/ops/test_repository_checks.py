"""What `make check` looks for in files and templates, proved on planted offences."""

import pytest

from ops import repository, templates


@pytest.mark.parametrize(
    "line",
    [
        "source = https://" + "pypi" + ".org/simple",
        "resolved https://" + "registry." + "npmjs.org/x.tgz",
        "--extra-" + "index" + "-url https://example.com",
        "cd " + "/work" + "/main",
        "open('" + "/root" + "/notes')",
        "/home" + "/anna/opora",
    ],
)
def test_an_address_of_a_registry_or_a_path_of_a_machine_is_found(tmp_path, line):
    path = tmp_path / "notes.txt"
    path.write_text(f"first\n{line}\n")

    [problem] = repository.problems(path, tmp_path)

    assert problem.startswith("notes.txt:2:")


def test_an_ordinary_file_is_left_alone(tmp_path):
    path = tmp_path / "urls.py"
    path.write_text('path("home/", view)  # /homework/ and the root/section\n')

    assert list(repository.problems(path, tmp_path)) == []


def test_a_big_file_is_found(tmp_path):
    path = tmp_path / "corpus.bin"
    path.write_bytes(b"\0" * (repository.BIGGEST + 1))

    [problem] = repository.problems(path, tmp_path)

    assert "does not belong" in problem


@pytest.mark.parametrize(
    "source",
    [
        "<h1>Sections</h1>",
        "<h1>Разделы</h1>",
        '<input placeholder="Search">',
        '<img alt="{% if x %}Scheme{% endif %}">',
        '<p style="color: red">{% translate "x" %}</p>',
        "<script>alert(1)</script>",
        '<button onclick="go()">{% translate "x" %}</button>',
        '<a href="javascript:go()">{% translate "x" %}</a>',
    ],
)
def test_a_template_with_loose_text_or_inline_script_is_found(source):
    assert [line for line, _fault in templates.problems(f"\n{source}")] == [2]


@pytest.mark.parametrize(
    "source",
    [
        '<h1>{% translate "Sections" %}</h1>',
        '<p title="{{ title }}">{{ count }} · {% blocktranslate %}of all{% endblocktranslate %}</p>',
        "<kbd>Ctrl</kbd> <code>manage.py</code>",
        '<a lang="{{ other.language }}" href="/">Читать по-русски</a>',
        "{% comment %}words{% endcomment %}{# words #}",
        '<{% if href %}a href="{{ href }}"{% else %}button{% endif %} class="button">{{ text }}</x>',
        "{% block body_class %}frame frame--public{% endblock %}",
        '<script type="module" src="{% static "js/x.js" %}"></script>',
    ],
)
def test_a_template_that_keeps_to_the_rules_is_left_alone(source):
    assert templates.problems(source) == []
