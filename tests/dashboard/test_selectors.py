"""What the home pages list, and for whom."""

import datetime

import pytest
from wagtail.models import Site

from dashboard.selectors import articles, editing, keeping, own
from kb.models import AudienceTeam, SectionPage
from people.models import Leave

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(root_section) -> Site:
    return Site.objects.get(is_default_site=True)


def titles(changes) -> list[str]:
    return [change.article.title for change in changes]


def test_a_customer_gets_only_public_articles_among_the_recent(write_article, anonymous, now):
    write_article("Открытая", audience="public", publish=True)
    write_article("Внутренняя", publish=True)
    write_article("Черновик", audience="public")
    assert titles(articles.recently_changed(anonymous, now_after(now))) == ["Открытая"]


def test_an_operator_gets_internal_articles_and_those_of_the_own_team(
    write_article, anna, viewer_of, line_one, line_two, now
):
    for team in (line_one, line_two):
        article = write_article(f"Для {team}", audience="teams", publish=True)
        AudienceTeam.objects.create(article=article, team=team)
    write_article("Внутренняя", publish=True)
    found = titles(articles.recently_changed(viewer_of(anna), now_after(now)))
    assert sorted(found) == ["Внутренняя", "Для Линия 1"]


def test_an_article_is_new_while_its_first_version_is_young(write_article, anonymous, now):
    write_article("Эхо", audience="public", publish=True)
    young = articles.recently_changed(anonymous, now_after(now))
    old = articles.recently_changed(anonymous, now + datetime.timedelta(days=15))
    assert [change.is_new for change in (*young, *old)] == [True, False]


def test_sections_count_only_what_the_viewer_may_read(
    write_article, section, site, anonymous, anna, viewer_of, now
):
    write_article("Открытая", audience="public", publish=True)
    write_article("Внутренняя", publish=True)
    later = now_after(now)
    assert counted(articles.sections_to_browse(anonymous, later, site)) == [("Телефония", 1)]
    assert counted(articles.sections_to_browse(viewer_of(anna), later, site)) == [("Телефония", 2)]


def test_a_section_counts_articles_at_any_depth(write_article, section, site, anonymous, now):
    inner = SectionPage.objects.get(pk=section.pk).add_child(
        instance=SectionPage(title="Качество", slug="quality")
    )
    write_article("Эхо", audience="public", publish=True, parent=inner)
    found = articles.sections_to_browse(anonymous, now_after(now), site)
    assert counted(found) == [("Телефония", 1)]


def test_a_section_without_anything_to_read_is_not_shown_to_a_customer(
    write_article, section, site, anonymous, now
):
    write_article("Внутренняя", publish=True)
    assert articles.sections_to_browse(anonymous, now_after(now), site) == []


def test_an_editor_sees_empty_sections_too(section, site, editor, viewer_of, now):
    assert counted(articles.sections_to_browse(viewer_of(editor), now, site)) == [("Телефония", 0)]


def test_a_day_names_the_team_and_the_leave(anna, viewer_of, line_one, now):
    today = now.astimezone(viewer_of(anna).tz).date()
    Leave.objects.create(employee=anna, starts_on=today, ends_on=today)
    team, day = own.day_of(anna, now)
    assert (team, day.phase, day.until) == (line_one.name, "away", today)


def test_a_draft_waits_for_its_writer_alone(write_article, editor, second_editor, viewer_of):
    article = write_article("Черновик")
    article.save_revision(user=editor.user)
    assert [a.title for a in editing.own_drafts(viewer_of(editor), [])] == ["Черновик"]
    assert list(editing.own_drafts(viewer_of(second_editor), [])) == []


def test_gaps_name_articles_without_an_owner(write_article, editor, administrator, viewer_of, now):
    write_article("Без владельца", publish=True)
    write_article("С владельцем", publish=True, content_owner=editor)
    gaps = keeping.gaps(viewer_of(administrator), now_after(now))
    assert (gaps.articles, gaps.without_owner, gaps.first_steps) == (2, 1, False)


def test_an_empty_house_begins_with_first_steps(administrator, viewer_of, now):
    assert keeping.gaps(viewer_of(administrator), now).first_steps


def counted(sections) -> list[tuple[str, int]]:
    return [(item.section.title, item.articles) for item in sections]


def now_after(moment: datetime.datetime) -> datetime.datetime:
    return moment + datetime.timedelta(minutes=1)


def test_the_language_of_the_interface_ranks_what_changed_and_hides_nothing(
    write_article, anonymous, now
):
    write_article("English", publish=True, audience="public", language="en")
    write_article("По-русски", publish=True, audience="public", language="ru")

    found = titles(articles.recently_changed(anonymous, now_after(now), preferring="en"))

    assert found == ["English", "По-русски"]
