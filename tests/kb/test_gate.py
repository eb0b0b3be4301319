"""The one gate: who may see an article, a section, a file, by status, dates and audience."""

import datetime

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from kb.access import can_view
from kb.choices import Audience
from kb.models import ArticlePage, Document, Image, SectionPage
from kb.services.audience import set_audience
from people.models import User
from people.roles import Role
from people.viewer import Viewer

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def sees(viewer_of):
    """Whether an employee (None: a customer) sees an object, by both roads of the gate."""

    def _sees(employee, thing, at=None) -> bool:
        viewer = viewer_of(employee) if employee else Viewer()
        at = at or timezone.now()
        answer = can_view(thing, viewer, at)
        if isinstance(thing, ArticlePage | SectionPage):
            listed = type(thing).objects.visible_to(viewer, at).filter(pk=thing.pk).exists()
            assert listed == answer
        return answer

    return _sees


@pytest.fixture
def for_teams(write_article, now):
    """An article in force for chosen teams."""

    def _for_teams(*teams, **fields):
        article = write_article(publish=True, **fields)
        set_audience(article=article, audience=Audience.TEAMS, teams=teams, by=None, now=now)
        return article

    return _for_teams


def test_a_new_article_is_internal(write_article):
    assert write_article().audience == Audience.INTERNAL


def test_a_draft_is_seen_by_nobody_who_reads(write_article, sees, anna, editor, auditor):
    article = write_article(audience=Audience.PUBLIC)

    assert not any(sees(person, article) for person in (None, anna, editor, auditor))


def test_a_live_row_without_a_version_is_seen_by_nobody(write_article, sees, anna, editor):
    article = write_article(audience=Audience.PUBLIC)
    ArticlePage.objects.filter(pk=article.pk).update(live=True)

    assert not any(sees(person, article) for person in (None, anna, editor))


def test_an_unpublished_article_is_seen_by_nobody(write_article, sees, anna, editor):
    article = write_article(publish=True, audience=Audience.PUBLIC)

    article.unpublish()

    assert not any(sees(person, article) for person in (None, anna, editor))


def test_an_expired_article_is_seen_by_nobody_although_no_job_ran(write_article, sees, anna):
    article = write_article(publish=True, audience=Audience.PUBLIC, expire_at=timezone.now() + HOUR)
    later = timezone.now() + 2 * HOUR

    assert sees(None, article)
    assert ArticlePage.objects.get(pk=article.pk).live
    assert not sees(None, article, at=later)
    assert not sees(anna, article, at=later)


def test_an_article_for_chosen_teams_is_seen_by_their_members_only(
    for_teams, sees, hire, line_one, line_two, anna
):
    pavel = hire("Павел Орлов", "pavel", Role.OPERATOR, team=line_two)
    article = for_teams(line_two)

    assert sees(pavel, article)
    assert not sees(anna, article)
    assert not sees(None, article)


def test_a_lead_sees_what_the_teams_below_see(for_teams, sees, hire, support, line_two, sergey):
    head = hire("Ирина Белова", "head", Role.LEAD, team=support)
    support.lead = head
    support.save()
    article = for_teams(line_two)

    assert sees(head, article)
    assert not sees(sergey, article)


def test_chosen_teams_above_do_not_open_an_article_to_the_teams_below(
    for_teams, sees, support, anna
):
    assert not sees(anna, for_teams(support))


def test_the_auditor_and_editors_see_every_audience(for_teams, sees, line_two, auditor, editor):
    article = for_teams(line_two)

    assert sees(auditor, article)
    assert sees(editor, article)


def test_somebody_who_has_left_sees_what_a_customer_sees(write_article, sees, anna, client_of):
    internal = write_article("Внутренняя", publish=True)
    public = write_article("Открытая", publish=True, audience=Audience.PUBLIC)
    anna.left_on = timezone.localdate() - datetime.timedelta(days=1)
    anna.save()

    assert not sees(anna, internal)
    assert sees(anna, public)
    assert client_of(anna).get(internal.url).status_code == 404


def test_a_closed_login_sees_what_a_customer_sees(write_article, sees, anna):
    article = write_article(publish=True)
    User.objects.filter(pk=anna.user_id).update(is_active=False)

    assert not sees(anna, article)


def test_a_section_is_seen_by_who_sees_something_in_it(write_article, section, sees, anna):
    write_article(publish=True)

    assert sees(anna, section)
    assert not sees(None, section)


def test_an_unknown_kind_of_object_is_refused(viewer_of, editor, now):
    assert not can_view(editor, viewer_of(editor), now)


# --- files -----------------------------------------------------------------------------------------------------


@pytest.fixture
def image(db):
    return Image.objects.create(title="Схема", file=get_test_image_file())


@pytest.fixture
def document(db):
    return Document.objects.create(title="Памятка", file=ContentFile(b"text", name="note.txt"))


def showing(image) -> list:
    return [{"type": "image", "value": {"image": image.pk, "caption": "", "alt": ""}}]


def linking(document) -> list:
    source = f'<p><a linktype="document" id="{document.pk}">памятка</a></p>'
    return [{"type": "steps", "value": {"title": "", "items": [source]}}]


def test_files_are_seen_by_who_sees_an_article_that_uses_them(
    write_article, image, document, sees, anna
):
    write_article(publish=True, audience=Audience.PUBLIC, body=showing(image))
    write_article("Внутренняя", publish=True, body=linking(document))

    assert sees(None, image)
    assert sees(anna, document)
    assert not sees(None, document)


def test_a_file_used_only_in_an_internal_part_is_not_for_customers(
    write_article, image, document, sees, anna
):
    inner = [{"type": "internal", "value": [*showing(image), *linking(document)]}]
    write_article(publish=True, audience=Audience.PUBLIC, body=inner)

    assert sees(anna, image)
    assert sees(anna, document)
    assert not sees(None, image)
    assert not sees(None, document)


def test_a_file_used_in_a_public_part_elsewhere_is_for_customers(write_article, image, sees):
    write_article("А", publish=True, body=[{"type": "internal", "value": showing(image)}])
    write_article("Б", publish=True, audience=Audience.PUBLIC, body=showing(image))

    assert sees(None, image)


def test_a_file_leaves_with_its_article(write_article, image, sees, anna):
    article = write_article(publish=True, audience=Audience.PUBLIC, body=showing(image))

    article.unpublish()

    assert not sees(None, image)
    assert not sees(anna, image)


def test_a_file_follows_the_audience_of_its_article(write_article, image, sees, now):
    article = write_article(publish=True, audience=Audience.PUBLIC, body=showing(image))

    set_audience(article=article, audience=Audience.INTERNAL, by=None, now=now)

    assert not sees(None, image)


def test_a_file_of_a_draft_is_seen_by_who_writes_and_who_approves(
    write_article, image, sees, editor, sergey, anna
):
    write_article(body=showing(image))

    assert sees(editor, image)
    assert sees(sergey, image)
    assert not sees(anna, image)


def test_a_file_of_an_article_for_others_is_not_seen_by_a_lead(
    for_teams, image, sees, sergey, line_two
):
    for_teams(line_two, body=showing(image))

    assert not sees(sergey, image)


def test_a_file_that_the_new_version_no_longer_uses_is_gone_for_readers(write_article, image, sees):
    article = write_article(publish=True, audience=Audience.PUBLIC, body=showing(image))
    article.body = []
    article.save_revision().publish()

    assert not sees(None, image)


def test_a_file_of_an_announced_version_is_not_seen_before_its_moment(
    write_article, image, sees, anna
):
    article = write_article(publish=True, audience=Audience.PUBLIC)
    article.body = showing(image)
    article.go_live_at = timezone.now() + HOUR
    article.save_revision().publish()

    assert not sees(anna, image)
    with time_machine.travel(timezone.now() + 2 * HOUR, tick=False):
        assert not sees(anna, image)
