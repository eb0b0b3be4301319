"""Importing a JSONL file: what readers, editors and the search get of it."""

import pytest
from wagtail.models import Page, ReferenceIndex

from common.ledger import broken_links
from kb.choices import Audience, State
from kb.events import ArticlesImported
from kb.importing.indexes import articles_not_indexed
from kb.models import ArticlePage, ArticleVersion, SectionPage, VersionState
from people.viewer import ANONYMOUS
from tests.kb.importing.conftest import row

pytestmark = pytest.mark.django_db


def test_every_row_becomes_an_article_in_force(jsonl, bring_in, article_of, anna, viewer_of, now):
    report = bring_in(jsonl(row(1), row(2), name="articles.jsonl.gz"))

    assert (report.imported, report.refused_count) == (2, 0)
    article = article_of("row-1")
    assert article.title == "Статья 1"
    assert VersionState.objects.get(article_uuid=article.uuid).state == State.IN_FORCE
    assert article in ArticlePage.objects.visible_to(viewer_of(anna), now)


def test_an_import_is_internal_unless_it_is_asked_to_be_public(jsonl, bring_in, now):
    bring_in(jsonl(row(1)))
    bring_in(jsonl(row(2), name="public.jsonl"), audience=Audience.PUBLIC)

    titles = ArticlePage.objects.visible_to(ANONYMOUS, now).values_list("title", flat=True)
    assert list(titles) == ["Статья 2"]


def test_the_version_holds_exactly_what_the_row_of_the_article_says(jsonl, bring_in, article_of):
    bring_in(
        jsonl(row(1, tags=["SIP", "звук"], headings=["Шаги"], body="Сначала так.\nШаги\nДалее."))
    )

    article = article_of("row-1")
    version = ArticleVersion.objects.get(article_uuid=article.uuid)
    assert version.snapshot == article.snapshot()
    assert sorted(article.tags.names()) == ["SIP", "звук"]
    assert broken_links(ArticleVersion) == []


def test_sections_become_the_tree_and_are_made_once(jsonl, bring_in, article_of):
    bring_in(
        jsonl(
            row(1, section=["Телефония", "Качество связи"]),
            row(2, section=["телефония", "Номера"]),
            row(3, section=[]),
        )
    )

    assert article_of("row-1").url_path == "/kb/telefoniya/kachestvo-svyazi/statya-1/"
    assert article_of("row-3").get_parent().specific == SectionPage.objects.get(depth=2)
    assert SectionPage.objects.filter(title__iexact="телефония").count() == 1


def test_the_tree_is_clean_and_counts_its_children(jsonl, bring_in):
    bring_in(jsonl(*[row(number, title="Одно имя") for number in range(1, 8)]))
    bring_in(jsonl(*[row(number, title="Одно имя") for number in range(8, 12)], name="more.jsonl"))

    section = SectionPage.objects.get(title="Телефония")
    assert Page.find_problems() == ([], [], [], [], [])
    assert section.numchild == 11
    slugs = section.get_children().values_list("slug", flat=True)
    assert len(set(slugs)) == 11


def test_a_page_can_be_added_by_hand_after_an_import(jsonl, bring_in, write_article):
    bring_in(jsonl(row(1)))

    by_hand = write_article("Своя статья", publish=True)

    assert by_hand.pk > ArticlePage.objects.get(source_id="row-1").pk


def test_a_second_run_changes_nothing(jsonl, bring_in, article_of, told):
    path = jsonl(row(1), row(2))
    bring_in(path)
    before = list(ArticlePage.objects.order_by("pk").values())
    events = told(ArticlesImported)

    report = bring_in(path)

    assert (report.imported, report.updated, report.unchanged) == (0, 0, 2)
    assert list(ArticlePage.objects.order_by("pk").values()) == before
    assert ArticleVersion.objects.count() == 2
    assert events == []


def test_a_changed_row_becomes_a_new_version_and_the_others_stay(jsonl, bring_in, article_of):
    bring_in(jsonl(row(1), row(2)))

    report = bring_in(jsonl(row(1, title="Новое имя", tags=["новое"]), row(2)))

    assert (report.updated, report.unchanged) == (1, 1)
    article = article_of("row-1")
    assert (article.title, article.version) == ("Новое имя", 2)
    states = VersionState.objects.filter(article_uuid=article.uuid).order_by("number")
    assert [state.state for state in states] == [State.SUPERSEDED, State.IN_FORCE]
    assert (
        ArticleVersion.objects.get(article_uuid=article.uuid, seq=2).snapshot == article.snapshot()
    )
    assert broken_links(ArticleVersion) == []
    assert article_of("row-2").version == 1


def test_a_row_in_another_section_moves_without_a_new_version(jsonl, bring_in, article_of):
    bring_in(jsonl(row(1)))

    report = bring_in(jsonl(row(1, section=["Тарифы"])))

    article = article_of("row-1")
    assert report.updated == 1
    assert article.get_parent().title == "Тарифы"
    assert article.version == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_import_never_changes_the_audience(jsonl, bring_in, article_of):
    bring_in(jsonl(row(1)))

    report = bring_in(jsonl(row(1, title="Иначе", audience="public")), audience=Audience.PUBLIC)

    assert article_of("row-1").audience == Audience.INTERNAL
    assert report.other_audience == 1


def test_what_was_edited_here_is_not_overwritten(jsonl, bring_in, article_of):
    bring_in(jsonl(row(1)))
    article = article_of("row-1")
    article.answer = "Поправлено редактором."
    article.save_revision().publish()

    report = bring_in(jsonl(row(1, title="Из источника")))

    assert article_of("row-1").title == "Статья 1"
    assert "edited here" in report.refused[0].reason
    assert report.refused[0].line == 1


def test_what_was_taken_out_of_force_here_does_not_come_back(jsonl, bring_in, article_of):
    bring_in(jsonl(row(1)))
    article_of("row-1").unpublish()

    report = bring_in(jsonl(row(1, title="Из источника")))

    assert report.refused_count == 1
    assert not article_of("row-1").live


def test_a_waiting_draft_survives_an_update(jsonl, bring_in, article_of):
    bring_in(jsonl(row(1)))
    draft = article_of("row-1")
    draft.answer = "Черновик."
    draft.save_revision()

    bring_in(jsonl(row(1, title="Из источника")))

    article = article_of("row-1")
    assert article.title == "Из источника"
    assert article.get_latest_revision_as_object().answer == "Черновик."


def test_translations_are_paired(jsonl, bring_in, article_of):
    bring_in(jsonl(row(1, pair="row-2"), row(2, lang="en", pair="row-1"), row(3)))

    russian, english, other = (article_of(f"row-{number}") for number in (1, 2, 3))
    assert russian.translation_group == english.translation_group
    assert other.translation_group != russian.translation_group


def test_a_translation_that_comes_later_joins_its_pair(jsonl, bring_in, article_of):
    first = bring_in(jsonl(row(1, pair="row-2")))
    bring_in(jsonl(row(2, lang="en", pair="row-1"), name="english.jsonl"))

    assert "“row-2” is not there" in first.degraded[0].reason
    assert article_of("row-1").translation_group == article_of("row-2").translation_group


def test_a_pair_in_the_same_language_is_not_joined(jsonl, bring_in, article_of):
    report = bring_in(jsonl(row(1), row(2, pair="row-1")))

    assert report.imported == 2
    assert "one article a language" in report.degraded[0].reason
    assert article_of("row-1").translation_group != article_of("row-2").translation_group


def test_links_between_rows_lead_to_articles_whatever_the_order(jsonl, bring_in, article_of):
    bring_in(
        jsonl(
            row(1, body="См. [вторую](2.md) и [третью](article:row-3).", headings=[]),
            row(2, body="См. [первую](./1.md#part)."),
            row(3),
        )
    )

    second, third = article_of("row-2"), article_of("row-3")
    source = article_of("row-1").body.raw_data[0]["value"]
    assert f'<a linktype="page" id="{second.pk}">вторую</a>' in source
    assert f'<a linktype="page" id="{third.pk}">третью</a>' in source
    assert f'id="{article_of("row-1").pk}"' in second.body.raw_data[0]["value"]


def test_a_link_to_an_article_that_comes_later_is_made_when_it_is_there(
    jsonl, bring_in, article_of
):
    one = row(1, body="См. [вторую](2.md).")
    bring_in(jsonl(one))
    assert "linktype" not in article_of("row-1").body.raw_data[0]["value"]

    report = bring_in(jsonl(one, row(2)))

    assert (report.imported, report.updated) == (1, 1)
    assert f'id="{article_of("row-2").pk}"' in article_of("row-1").body.raw_data[0]["value"]


def test_below_see_also_a_title_leads_to_its_article(jsonl, bring_in, article_of):
    bring_in(
        jsonl(
            row(1, headings=["См. также"], body="Текст.\nСм. также\nСтатья 2\nСтатья 9"),
            row(2),
        )
    )

    source = article_of("row-1").body.raw_data[-1]["value"]
    page = article_of("row-2").pk
    assert source == f'<p><a linktype="page" id="{page}">Статья 2</a></p><p>Статья 9</p>'


def test_source_and_licence_are_kept(jsonl, bring_in, article_of):
    bring_in(
        jsonl(row(1), row(2, source_url="https://help.example.org/a"), row(3, url="http://a.b/"))
    )

    assert article_of("row-1").source_licence == "CC-BY-4.0"
    assert article_of("row-1").source_attribution == "somebody/docs: docs/1.md"
    assert article_of("row-1").source_url == ""
    assert article_of("row-2").source_url == "https://help.example.org/a"
    assert article_of("row-3").source_url == ""


def test_the_page_shows_where_the_text_comes_from(jsonl, bring_in, article_of, client):
    bring_in(jsonl(row(1)), audience=Audience.PUBLIC)

    page = client.get(article_of("row-1").get_url()).content.decode()

    assert "CC-BY-4.0" in page
    assert "somebody/docs" in page


def test_the_search_hears_of_every_article_in_the_transaction(jsonl, bring_in, told):
    events = told(ArticlesImported)

    bring_in(jsonl(row(1), row(2)))

    pages = set(ArticlePage.objects.values_list("pk", flat=True))
    assert {page for event in events for page in event.article_ids} == pages


def test_editors_find_imported_articles_in_the_admin(jsonl, bring_in, article_of):
    bring_in(jsonl(row(1, title="Эхо в трубке")))

    assert articles_not_indexed() == []
    assert article_of("row-1") in list(ArticlePage.objects.search("эхо"))


def test_the_reference_index_is_the_one_wagtail_would_build(jsonl, bring_in, editor):
    bring_in(jsonl(row(1, body="См. [вторую](2.md).", tags=["a", "b"]), row(2)), owner=editor)

    for article in ArticlePage.objects.all():
        stored = ReferenceIndex.objects.filter(object_id=article.pk).values_list(
            "to_content_type_id", "to_object_id", "model_path", "content_path"
        )
        assert set(stored) == set(ReferenceIndex._extract_references_from_object(article))


def test_an_imported_article_opens_in_the_editor(
    jsonl, bring_in, article_of, administrator, client_of
):
    bring_in(jsonl(row(1)))

    page = client_of(administrator).get(f"/admin/pages/{article_of('row-1').pk}/edit/")

    assert page.status_code == 200
    assert "Статья 1" in page.content.decode()


def test_the_owner_answers_for_articles_and_sections(jsonl, bring_in, article_of, editor, now):
    bring_in(jsonl(row(1)), owner=editor, by=editor.user)

    assert article_of("row-1").content_owner == editor
    assert SectionPage.objects.get(title="Телефония").content_owner == editor
    assert ArticleVersion.objects.get().approved_by == editor.user


def test_a_dry_run_says_the_same_and_writes_nothing(jsonl, bring_in, article_of):
    bring_in(jsonl(row(1), row(2)))
    path = jsonl(row(1, title="Иначе"), row(2), row(3, pair="row-9"), row(3))
    versions = ArticleVersion.objects.count()

    dry = bring_in(path, dry_run=True)

    assert Page.objects.filter(articlepage__isnull=False).count() == versions == 2
    assert article_of("row-1").title == "Статья 1"
    assert dry.as_json() == bring_in(path).as_json()
    assert (dry.imported, dry.updated, dry.unchanged, dry.refused_count) == (1, 1, 1, 1)
