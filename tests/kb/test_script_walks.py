"""Walking a guided script on a call, checking one while writing, and seeing where walks end."""

import json
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from kb.blocks import BodyBlock
from kb.importing.bodies import Body, numbered
from kb.importing.scripts import steps_of
from kb.models import ScriptWalk
from lms.demo.knowledge import FOLDER

pytestmark = pytest.mark.django_db

BLOCK, WALK = uuid.UUID(int=7), uuid.UUID(int=1)


def step(name, *choices, say="", outcome="", text="<p>Что слышно?</p>"):
    ways = [{"label": label, "leads_to": leads_to} for label, leads_to in choices]
    return {"name": name, "text": text, "say": say, "choices": ways, "outcome": outcome}


def script(*steps, title="До нас не дозвониться"):
    return {"type": "script", "id": str(BLOCK), "value": {"title": title, "steps": list(steps)}}


SIMPLE = script(
    step("Гудки", ("Слышны", "Регистрация"), ("Тишина", "Конец"), say="Наберу ваш номер."),
    step("Регистрация", ("Есть", "Конец"), ("Нет", "Вторая линия"), text="<p>В сети?</p>"),
    step("Вторая линия", outcome="handed_on", text="<p>Передайте.</p>"),
    step("Конец", outcome="solved", text="<p>Позвоните ещё раз.</p>"),
)


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies["language"] = "en"


@pytest.fixture
def article(write_article):
    """An article in force whose body is one script."""
    return write_article("Нет входящих", body=json.dumps([SIMPLE]), publish=True, audience="public")


@pytest.fixture
def answer(client, article):
    """Give the answers so far: ``answer("0,1")``."""

    def _answer(answers, *, walk=WALK, block=BLOCK, number=None, htmx=True):
        return client.post(
            reverse("script_walk", args=[block, walk]),
            {"answers": answers, "article": number or article.pk},
            headers={"HX-Request": "true"} if htmx else {},
        )

    return _answer


def test_the_article_shows_the_first_step_with_its_words_and_answers(client_of, anna, article):
    page = client_of(anna).get(article.url).content.decode()

    assert "Что слышно?" in page
    assert "Наберу ваш номер." in page
    assert "Слышны" in page
    assert "В сети?" not in page


def test_customers_get_no_script(client, article):
    page = client.get(article.url).content.decode()

    assert "Что слышно?" not in page
    assert "Наберу ваш номер." not in page


def test_each_answer_leads_on_and_the_end_says_how_it_ended(answer, client_of, anna):
    client_of(anna)

    second = answer("0").content.decode()
    assert "В сети?" in second
    assert "Слышны" in second, "the way so far"
    end = answer("0,1").content.decode()
    assert "Передайте." in end
    assert "Handed on" in end

    walk = ScriptWalk.objects.get()
    assert (walk.at_step, walk.outcome, walk.answers) == ("Вторая линия", "handed_on", [0, 1])


def test_who_goes_back_and_answers_otherwise_replaces_the_way(answer, client_of, anna):
    client_of(anna)
    answer("0,1")
    answer("0")
    answer("1")

    walk = ScriptWalk.objects.get()
    assert (walk.at_step, walk.outcome) == ("Конец", "solved")


def test_a_second_click_changes_nothing(answer, client_of, anna):
    client_of(anna)

    assert "В сети?" in answer("0").content.decode()
    assert "В сети?" in answer("0").content.decode()
    assert ScriptWalk.objects.count() == 1


def test_without_script_the_step_is_a_page_of_its_own(answer, client_of, anna):
    client_of(anna)

    page = answer("0", htmx=False).content.decode()

    assert "<h1>До нас не дозвониться</h1>" in page
    assert "В сети?" in page


@pytest.mark.parametrize("answers", ["7", "0,1,0", "x", "-1", "0," * 500, "٣"])
def test_an_answer_the_script_does_not_have_begins_anew_and_says_so(
    answer, client_of, anna, answers
):
    client_of(anna)

    page = answer(answers)

    assert page.status_code == 200
    assert "begin anew" in page.content.decode()
    assert not ScriptWalk.objects.exists()


def test_a_walk_of_another_script_is_not_continued(answer, client_of, anna, article, now):
    client_of(anna)
    ScriptWalk.objects.create(
        uuid=WALK,
        article=article,
        version=1,
        block_id=uuid.uuid4(),
        at_step="A",
        started_at=now,
        touched_at=now,
    )

    assert "begin anew" in answer("0").content.decode()
    assert ScriptWalk.objects.get().at_step == "A"


def test_a_script_of_an_article_that_is_not_for_them_is_answered_like_a_missing_one(
    answer, client_of, anna, line_two, write_article
):
    hidden = write_article("Скрытая", body=json.dumps([SIMPLE]), publish=True, audience="teams")
    client_of(anna)

    replies = [
        answer("0", number=hidden.pk),
        answer("0", number=999_999),
        answer("0", number="x"),
        answer("0", block=uuid.uuid4()),
    ]

    assert {reply.status_code for reply in replies} == {404}
    assert not ScriptWalk.objects.exists()


def test_a_customer_cannot_walk(answer):
    assert answer("0").status_code in (401, 404)


def test_a_script_inside_an_internal_part_can_be_walked(client, client_of, anna, write_article):
    inside = write_article(
        "Внутри",
        body=json.dumps([{"type": "internal", "id": str(uuid.uuid4()), "value": [SIMPLE]}]),
        publish=True,
        audience="internal",
    )
    client_of(anna)

    reply = client.post(
        reverse("script_walk", args=[BLOCK, uuid.uuid4()]), {"answers": "0", "article": inside.pk}
    )

    assert "В сети?" in reply.content.decode()


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([step("A", ("x", "B")), step("B", ("y", "A"))], "leads back"),
        ([step("A", ("x", "C"))], "No step is called"),
        ([step("A")], "leads nowhere"),
    ],
)
def test_a_script_that_would_strand_somebody_is_refused_at_its_step(steps, words):
    block = BodyBlock()
    value = block.to_python([script(*steps)])

    with override("en"):
        with pytest.raises(ValidationError) as refused:
            block.clean(value)

        assert words in _all_words(refused.value)


def _all_words(error) -> str:
    """Every message inside the nested errors of blocks."""
    inner = getattr(error, "block_errors", None) or {}
    words = [
        _all_words(each) for each in (inner.values() if isinstance(inner, dict) else inner) if each
    ]
    return " ".join([*map(str, getattr(error, "messages", [])), *words])


def test_a_script_that_always_ends_is_kept():
    block = BodyBlock()

    assert block.clean(block.to_python([SIMPLE]))[0].block_type == "script"


def test_editors_see_where_walks_end(answer, client_of, anna, editor):
    client_of(anna)
    for number, answers in enumerate(["0", "0", "0,1", "1"]):
        answer(answers, walk=uuid.UUID(int=100 + number))

    report = client_of(editor).get(reverse("kb_scripts"))
    page = report.content.decode()

    assert report.status_code == 200
    assert "Регистрация" in page
    assert client_of(anna).get(reverse("kb_scripts")).status_code != 200


def test_a_script_is_imported_from_markdown_and_reads_whole():
    source = "### Питание\nГорит?\n> Посмотрите на лампу.\n- Да → Сеть\n- Нет -> Сеть\n### Сеть\n= solved"
    first, last = steps_of(source, lambda text: f"<p>{text}</p>")

    assert first == {
        "name": "Питание",
        "text": "<p>Горит?</p>",
        "say": "Посмотрите на лампу.",
        "choices": [
            {"label": "Да", "leads_to": "Сеть"},
            {"label": "Нет", "leads_to": "Сеть"},
        ],
        "outcome": "",
    }
    assert last["outcome"] == "solved"


def test_every_imported_script_of_the_demo_keeps_its_words_and_always_ends():
    body = Body()
    source = (FOLDER / "telephony" / "telephony-script-no-incoming.md").read_text()
    body.script(steps_of(source.partition(":::script")[2], lambda text: f"<p>{text}</p>"))

    [block] = BodyBlock().to_python(numbered(body.blocks, "demo"))

    assert block.value.script.problems() == []
    assert "Позвоните на номер" in block.value["steps"][0]["text"].source


# --- looking at a draft ----------------------------------------------------------------------------------------------


def test_the_preview_of_a_draft_shows_every_step_because_its_approver_has_to_read_them(
    article, client, editor
):
    client.force_login(editor.user)

    page = client.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk])).content.decode()

    for words in ["Слышны → Регистрация", "Наберу ваш номер.", "Вторая линия", "Handed on"]:
        assert words in page
    assert "<form" not in page.partition('class="script"')[2].partition("</section>")[0]


def test_a_script_that_was_never_saved_can_be_looked_at(client, editor, section, new_form):
    client.force_login(editor.user)
    address = reverse("wagtailadmin_pages:preview_on_add", args=["kb", "articlepage", section.pk])
    first = "body-0-value-steps-0"
    typed = new_form(title="Нет входящих", slug="no-calls") | {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "script",
        "body-0-id": "",
        "body-0-value-title": "До нас не дозвониться",
        "body-0-value-steps-count": "1",
        f"{first}-deleted": "",
        f"{first}-order": "0",
        f"{first}-type": "item",
        f"{first}-id": "",
        f"{first}-value-name": "Гудки",
        f"{first}-value-text": json.dumps(
            {
                "blocks": [{"key": "a", "type": "unstyled", "text": "Спросите про гудки."}],
                "entityMap": {},
            }
        ),
        f"{first}-value-say": "",
        f"{first}-value-choices-count": "0",
        f"{first}-value-outcome": "solved",
    }

    posted = client.post(address, typed)
    shown = client.get(address, {"mode": ""})

    assert json.loads(posted.content)["is_available"], posted.content
    assert shown.status_code == 200
    assert "Спросите про гудки." in shown.content.decode()
