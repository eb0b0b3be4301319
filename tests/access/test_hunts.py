"""An article hunted by every door: what is for nobody any more, or for others, is met by none of them."""

import datetime

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.test import TestCase as Committing
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from kb.choices import Audience
from kb.models import ArticlePage, Document, Image, SectionPage
from kb.selectors.reading import IMAGE_WIDTH
from kb.services.archiving import archive
from kb.services.audience import set_audience
from kb.services.versions import end_expired
from search import log
from tests.access.hunting import ANSWER, DOORS, FILE, SLUG, TITLE, Hunt, Prey
from tests.access.scene_bodies import links_to

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

HOUR = datetime.timedelta(hours=1)
# The section itself may be known for other articles in it.
NOTHING: frozenset[str] = frozenset()


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path, monkeypatch):
    """An index and files of the test's own; nothing is logged."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(log.waiting, "delay", None)
    cache.clear()  # of pictures that had the same numbers in the test before
    yield
    log.waiting._entries.clear()


@pytest.fixture
def prey(write_article, root_section) -> Prey:
    """A public article with an image and a document, renamed once; another public one links to it."""
    image = Image.objects.create(title="Схема", file=get_test_image_file())
    document = Document.objects.create(
        title="Памятка", file=ContentFile(b"text", name=f"{FILE}.txt")
    )
    image.get_rendition(IMAGE_WIDTH)
    shelf = SectionPage.objects.get(pk=root_section.pk).add_child(
        instance=SectionPage(title="Полка", slug="shelf")
    )
    body = [
        {"type": "image", "value": {"image": image.pk, "caption": "", "alt": ""}},
        {"type": "file", "value": {"document": document.pk, "title": ""}},
    ]
    article = write_article(
        TITLE,
        slug="old-name",
        answer=ANSWER,
        audience=Audience.PUBLIC,
        body=body,
        parent=shelf,
        publish=True,
    )
    article.tags.add("общий")
    article.slug = SLUG
    with Committing.captureOnCommitCallbacks(execute=True):
        article.save_revision().publish()
    pointer = write_article(
        "Указатель", audience=Audience.PUBLIC, body=[links_to(article)], publish=True
    )
    pointer.tags.add("общий")
    pointer.save_revision().publish()
    return Prey(
        article=ArticlePage.objects.get(pk=article.pk),
        section=SectionPage.objects.get(pk=shelf.pk),
        image=image,
        document=document,
        pointer=ArticlePage.objects.get(pk=pointer.pk),
        old_address="/kb/shelf/old-name/",
    )


@pytest.fixture
def customer(prey) -> Hunt:
    """The hunt of somebody without an account."""
    return Hunt(prey, Client())


@pytest.fixture
def hunt_of(prey):
    """The hunt of an employee."""

    def _hunt_of(employee) -> Hunt:
        client = Client()
        client.force_login(employee.user)
        return Hunt(prey, client)

    return _hunt_of


@pytest.fixture
def narrow(now):
    """Let an audience read the prey."""

    def _narrow(prey, audience=Audience.INTERNAL, *teams):
        set_audience(article=prey.now(), audience=audience, teams=teams, by=None, now=now)

    return _narrow


@pytest.fixture(params=["index awake", "index asleep"])
def index_asleep(request, customer) -> bool:
    """Once with an index that follows, once with one that does not know yet."""
    customer.met()
    return request.param == "index asleep"


# --- what can be lost --------------------------------------------------------------------------------------------


def test_a_public_article_is_met_by_every_door(customer):
    assert customer.met() == DOORS


def test_an_operator_meets_an_internal_article_by_every_door_but_the_sitemap(
    prey, narrow, hunt_of, anna
):
    narrow(prey)

    assert hunt_of(anna).met() == DOORS - {"sitemap"}


def test_an_article_opened_again_is_met_by_every_door(prey, customer, narrow):
    narrow(prey)
    customer.met()
    narrow(prey, Audience.PUBLIC)

    assert customer.met() == DOORS


# --- what takes it away ------------------------------------------------------------------------------------------


def test_restricting_an_article_takes_it_from_customers_by_every_door(
    prey, customer, narrow, index_asleep
):
    narrow(prey)
    customer.asleep = index_asleep

    assert customer.met() == NOTHING


def test_giving_an_article_to_a_team_takes_it_from_customers_and_from_others(
    prey, customer, narrow, index_asleep, hunt_of, anna, hire, line_two
):
    boris = hire("Борис Ли", "boris", team=line_two)
    narrow(prey, Audience.TEAMS, line_two)
    customer.asleep = index_asleep

    assert customer.met() == NOTHING
    assert hunt_of(anna).met() == NOTHING
    assert hunt_of(boris).met() == DOORS - {"sitemap"}


def test_giving_it_to_another_team_takes_it_from_the_first(
    prey, narrow, hunt_of, anna, line_one, line_two
):
    narrow(prey, Audience.TEAMS, line_one)
    assert hunt_of(anna).met() == DOORS - {"sitemap"}

    narrow(prey, Audience.TEAMS, line_two)

    assert hunt_of(anna).met() == NOTHING


def test_somebody_who_goes_to_another_team_loses_the_articles_of_the_first(
    prey, narrow, hunt_of, anna, line_one, line_two
):
    narrow(prey, Audience.TEAMS, line_one)
    anna.assignments.create(
        team=line_two, position=anna.assignments.get().position, starts_on=timezone.localdate()
    )

    assert hunt_of(anna).met() == NOTHING


def test_unpublishing_takes_it_from_everybody(prey, customer, index_asleep, hunt_of, anna, editor):
    prey.now().unpublish()
    customer.asleep = index_asleep

    assert customer.met() == NOTHING
    assert hunt_of(anna).met() == NOTHING
    # Who writes keeps sections and files.
    assert hunt_of(editor).met() == {"image", "document", "sections above"}


def test_archiving_takes_it_from_everybody(prey, customer, index_asleep, hunt_of, anna, now):
    archive(article=prey.now(), by=None, now=now)
    customer.asleep = index_asleep

    assert customer.met() == NOTHING
    assert hunt_of(anna).met() == NOTHING


@pytest.mark.parametrize("job_ran", [False, True], ids=["job not run", "job run"])
def test_an_article_whose_end_has_come_is_met_by_nobody(
    prey, customer, index_asleep, hunt_of, anna, now, job_ran
):
    ArticlePage.objects.filter(pk=prey.article.pk).update(expire_at=now - HOUR)
    if job_ran:
        end_expired(now=now)
    customer.asleep = index_asleep

    assert customer.met() == NOTHING
    assert hunt_of(anna).met() == NOTHING


# --- what must not give it away ----------------------------------------------------------------------------------


def test_an_internal_article_moved_among_public_ones_stays_internal(
    prey, customer, narrow, section, hunt_of, anna
):
    narrow(prey)
    with Committing.captureOnCommitCallbacks(execute=True):
        prey.now().move(SectionPage.objects.get(pk=section.pk), pos="last-child")
    moved = Hunt(prey, customer.client)
    moved.prey.section = SectionPage.objects.get(pk=section.pk)

    # The section it stands in now is known for the article that points to it.
    assert moved.met() == {"sections above"}
    assert "page" in hunt_of(anna).met()


def test_a_renamed_internal_article_is_led_to_only_those_who_may_read_it(
    prey, customer, narrow, hunt_of, anna
):
    narrow(prey)

    assert "old address" not in customer.met()
    assert "old address" in hunt_of(anna).met()


def test_a_copy_of_an_internal_article_is_met_by_no_customer_even_when_published(
    prey, customer, narrow, section
):
    narrow(prey)
    copy = prey.now().copy(
        to=SectionPage.objects.get(pk=section.pk),
        update_attrs={"slug": SLUG + "-two", "title": TITLE + " ещё"},
    )
    assert customer.met() == NOTHING

    ArticlePage.objects.get(pk=copy.pk).get_latest_revision().publish()

    assert ArticlePage.objects.get(pk=copy.pk).audience == Audience.INTERNAL
    assert customer.met() == NOTHING


def test_a_copied_section_opens_none_of_its_internal_articles(prey, customer, narrow, root_section):
    narrow(prey)
    root = SectionPage.objects.get(pk=root_section.pk)
    copy = prey.section.copy(
        recursive=True, to=root, update_attrs={"slug": "shelf-two", "title": "Полка два"}
    )
    for article in ArticlePage.objects.descendant_of(copy):
        article.get_latest_revision().publish()

    assert customer.met() == NOTHING
    assert customer.client.get("/kb/shelf-two/").status_code == 404


def test_an_article_whose_new_draft_is_internal_in_tone_stays_as_it_was_approved(prey, customer):
    draft = prey.now()
    draft.answer = "Тайный черновик"
    draft.save_revision()

    assert customer.met() == DOORS
    assert "Тайный" not in customer.client.get(prey.now().url).content.decode()
    assert "Тайный" not in customer.client.get(
        "/search/?q=тайный+черновик&x=1"
    ).content.decode().replace("тайный черновик", "").replace("Тайный черновик", "")


def test_a_picture_shown_in_public_and_in_secret_stays_public(prey, write_article, narrow):
    body = [{"type": "image", "value": {"image": prey.image.pk, "caption": "", "alt": ""}}]
    write_article("Открытая", audience=Audience.PUBLIC, body=body, publish=True)
    narrow(prey)

    assert Hunt(prey, Client()).met() == {"image"}
