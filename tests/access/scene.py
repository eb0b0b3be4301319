"""The scene: knowledge and people in every state that matters, a canary in every field."""

import datetime
import uuid
from dataclasses import dataclass, field

from django.test import Client, TestCase
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken, Comment, Page, Revision, WorkflowState

from kb.choices import Audience
from kb.models import ArticlePage, SectionPage, Tag
from kb.services.archiving import archive
from kb.services.audience import set_audience
from kb.services.tree import ensure_root_section
from kb.services.verifying import verify
from notifications.models import Notification
from people.viewer import Viewer
from search import indexing
from search.models import Ending, SearchLog
from tests.access.canaries import Canaries
from tests.access.roles import (
    APPROVERS,
    EDITORS,
    EVERYBODY,
    LINE_TWO,
    ROLES,
    STAFF,
)
from tests.access.scene_bodies import blocks_of, internal, links_to, say, script
from tests.access.scene_certification import SceneCertification
from tests.access.scene_changes import SceneChanges
from tests.access.scene_competence import SceneCompetence
from tests.access.scene_courses import SceneCourses
from tests.access.scene_feedback import SceneFeedback
from tests.access.scene_files import SceneFiles
from tests.access.scene_following import follow_everything
from tests.access.scene_people import ScenePeople
from tests.access.scene_search import SceneSearch

HOUR = datetime.timedelta(hours=1)
TEXT_FIELDS = ("title", "slug", "answer")


@dataclass
class Scene:
    """Everything by name; ``clients`` are the sessions of all who walk."""

    canaries: Canaries = field(default_factory=Canaries)
    articles: dict[str, ArticlePage] = field(default_factory=dict)
    sections: dict[str, SectionPage] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    old_paths: list[str] = field(default_factory=list)

    @classmethod
    def build(cls) -> "Scene":
        """The whole scene, in the database that is there."""
        scene = cls()
        scene.now = timezone.now()
        scene.people = ScenePeople(scene.canaries)
        scene.files = SceneFiles(scene.canaries)
        scene.editor = scene.people.cast["editor"].user
        scene._sign_in()
        scene._tree()
        scene._in_force()
        scene._not_for_readers()
        scene._under_review()
        scene._public_article()
        scene.competence = SceneCompetence(
            scene.canaries, scene.people, scene.articles["team"], scene.now
        )
        scene.certification = SceneCertification(
            scene.canaries,
            scene.people,
            competence=scene.competence.competence,
            article=scene.articles["team"],
            now=scene.now,
        )
        scene.courses = SceneCourses(
            scene.canaries,
            scene.people,
            competence=scene.competence.competence,
            article=scene.articles["team"],
            now=scene.now,
        )
        scene.changes = SceneChanges(
            scene.canaries,
            team=scene.articles["team"],
            announced=scene.articles["announced"],
            public=scene.articles["public"],
            internal=scene.articles["internal"],
            now=scene.now,
        )
        scene.feedback = SceneFeedback(
            scene.canaries,
            scene.people,
            team=scene.articles["team"],
            public=scene.articles["public"],
            now=scene.now,
        )
        looked_at = ArticlePage.objects.get(pk=scene.articles["team"].pk)
        verify(
            article=looked_at,
            number=looked_at.version,
            how="tried",
            key=uuid.uuid4(),
            viewer=Viewer.of(scene.editor),
            now=scene.now,
        )
        follow_everything(
            scene.people.cast,
            scene.pages,
            told=[scene.articles[name] for name in ("team", "announced")],
            now=scene.now,
        )
        scene.search = SceneSearch(
            scene.canaries,
            scene.people,
            article=scene.articles["public"],
            section=scene.sections["common"],
            now=scene.now,
        )
        indexing.catch_up()
        scene._behind_the_index()
        scene.people.send_away()
        scene._log_a_search()
        scene.upload = scene.files.upload(scene.editor)
        scene.refresh()
        return scene

    def refresh(self) -> None:
        """Read every page again."""
        for name, article in self.articles.items():
            self.articles[name] = ArticlePage.objects.get(pk=article.pk)
        for name, section in self.sections.items():
            self.sections[name] = SectionPage.objects.get(pk=section.pk)

    @property
    def pages(self) -> list[Page]:
        """All sections and articles."""
        return [*self.articles.values(), *self.sections.values()]

    # --- people ------------------------------------------------------------------------------------------------

    def _sign_in(self) -> None:
        for role in ROLES:
            self.clients[role] = Client()
            if role in self.people.cast:
                user = self.people.cast[role].user
                self.clients[role].force_login(user)
                _key, self.keys[role] = APIToken.create_token(user=user, name="Тикеты")

    # --- the tree ----------------------------------------------------------------------------------------------

    def _tree(self) -> None:
        self.sections["root"] = ensure_root_section()
        self._section("common", allowed=EVERYBODY, shown=EVERYBODY)
        # Their only articles decide who may know of them; an empty one is for editors.
        self._section("inner", allowed=STAFF, shown=STAFF)
        self._section("team", allowed=LINE_TWO, shown=LINE_TWO)
        self._section("drafts", allowed=APPROVERS, shown=EDITORS)
        self._section("empty", allowed=EDITORS, shown=EDITORS)

    def _section(self, name: str, **roles) -> None:
        key = f"section_{name}"
        words = {
            field: self.canaries.put(f"{key}.{field}", **roles)
            for field in ("title", "slug", "intro")
        }
        root = SectionPage.objects.get(pk=self.sections["root"].pk)
        self.sections[name] = root.add_child(instance=SectionPage(**words))

    # --- articles ----------------------------------------------------------------------------------------------

    def draft(
        self,
        name: str,
        *,
        section: str,
        allowed,
        shown=(),
        body: list[dict] | None = None,
        audience: str = Audience.INTERNAL,
        in_force: bool = False,
        **fields,
    ) -> ArticlePage:
        """A draft with canaries in its text fields, its description and its tag.

        ``shown`` must meet the title of what is no more than a draft, and all of it once it is ``in_force``.
        """
        put = self.canaries.put
        words = {
            field: put(
                f"{name}.{field}",
                allowed=allowed,
                shown=shown if in_force or field == "title" else (),
            )
            for field in TEXT_FIELDS
        }
        words["search_description"] = put(f"{name}.description", allowed=allowed)
        tag = Tag.objects.create(name=put(f"{name}.tag", allowed=allowed))
        parent = SectionPage.objects.get(pk=self.sections[section].pk)
        article = ArticlePage(
            audience=audience, body=body or [], live=False, **words, **fields, owner=self.editor
        )
        article = parent.add_child(instance=article)
        article.tags.add(tag)
        article.save_revision(user=self.editor, log_action=True)
        self.articles[name] = article
        return article

    def publish(self, name: str) -> ArticlePage:
        """Put the latest draft of an article in force."""
        article = ArticlePage.objects.get(pk=self.articles[name].pk)
        article.get_latest_revision().publish()
        self.articles[name] = ArticlePage.objects.get(pk=article.pk)
        return self.articles[name]

    def change(self, name: str, **fields) -> Revision:
        """A newer draft of an article, as the editor saves it."""
        draft = ArticlePage.objects.get(pk=self.articles[name].pk).get_latest_revision_as_object()
        for key, value in fields.items():
            setattr(draft, key, value)
        return draft.save_revision(user=self.editor, log_action=True)

    def body(self, name: str, *, allowed, shown=(), files=None) -> list[dict]:
        """A body with every kind of block, and files that nobody else uses, for ``files`` if told apart."""
        image = self.files.image(name, allowed=files or allowed, shown=shown)
        document = self.files.document(name, allowed=files or allowed, shown=shown)
        return blocks_of(
            self.canaries, name, image=image, document=document, allowed=allowed, shown=shown
        )

    def _in_force(self) -> None:
        """What is in force but for customers, or for most."""
        body = self.body("internal", allowed=STAFF, shown=STAFF)
        self.draft(
            "internal", section="common", allowed=STAFF, shown=STAFF, body=body, in_force=True
        )
        self.publish("internal")
        self.draft("alone", section="inner", allowed=STAFF, shown=STAFF, in_force=True)
        self.publish("alone")
        self._rename("alone")
        body = self.body("team", allowed=LINE_TWO, shown=LINE_TWO)
        self.draft(
            "team", section="team", allowed=LINE_TWO, shown=LINE_TWO, body=body, in_force=True
        )
        set_audience(
            article=self.articles["team"],
            audience=Audience.TEAMS,
            teams=[self.people.teams["line_two"]],
            by=None,
            now=self.now,
        )
        self.publish("team")
        self._rename("team")

    def _rename(self, name: str) -> None:
        """Give an article in force another address; Wagtail makes a redirect from the old one."""
        canary = self.canaries.by_where[f"{name}.slug"]
        self.canaries.show_no_more(f"{name}.slug")
        self.old_paths.append(self.articles[name].url_path.removeprefix("/kb/"))
        new = self.canaries.put(f"{name}.new_slug", allowed=canary.allowed, shown=canary.shown)
        self.change(name, slug=new)
        with TestCase.captureOnCommitCallbacks(execute=True):
            self.publish(name)

    def _not_for_readers(self) -> None:
        """Public articles that are not in force: customers and staff must not meet them."""
        for name in ("draft", "unpublished", "archived"):
            # Who may have to approve a text may look at its files.
            body = self.body(name, allowed=EDITORS, files=APPROVERS if name == "draft" else None)
            self.draft(
                name,
                section="drafts",
                allowed=EDITORS,
                audience=Audience.PUBLIC,
                body=body,
            )
        self.publish("unpublished").unpublish()
        archive(article=self.publish("archived"), by=None, now=self.now)
        self.draft("announced", section="drafts", allowed=EDITORS, audience=Audience.PUBLIC)
        self.change("announced", go_live_at=self.now + 24 * HOUR)
        self.publish("announced")

    def _under_review(self) -> None:
        """Drafts before the approvers, one of them for a team the lead has nothing to do with."""
        self.draft("submitted", section="drafts", allowed=APPROVERS, shown=APPROVERS)
        self.draft("team_submitted", section="drafts", allowed=EDITORS, shown=EDITORS)
        set_audience(
            article=self.articles["team_submitted"],
            audience=Audience.TEAMS,
            teams=[self.people.teams["line_two"]],
            by=None,
            now=self.now,
        )
        for name, allowed in {"submitted": APPROVERS, "team_submitted": EDITORS}.items():
            article = ArticlePage.objects.get(pk=self.articles[name].pk)
            article.get_workflow().start(article, self.editor)
            article = ArticlePage.objects.get(pk=article.pk)
            comment = self.canaries.put(f"{name}.comment", allowed=allowed)
            article.current_workflow_task.on_action(
                article.current_workflow_task_state,
                self.people.cast["second_editor"].user,
                "reject",
                comment=comment,
            )
            article.current_workflow_state.resume(self.editor)
            Comment.objects.create(
                page=article,
                user=self.editor,
                text=self.canaries.put(f"{name}.note", allowed=allowed),
                contentpath="answer",
            )

    def _public_article(self) -> None:
        """For everybody: with an internal part, an older text, a draft and an announced version.

        It links every page, in words that tell nothing.
        """
        body = self.body("public", allowed=EVERYBODY, shown=EVERYBODY)
        inner = self.body("part", allowed=STAFF, shown=STAFF)
        said = self.canaries.put("public.say", allowed=STAFF, shown=STAFF)
        guide = script(self.canaries, "public", allowed=STAFF, shown=STAFF)
        others = [page for page in self.pages if page != self.sections["root"]]
        self.draft(
            "public",
            section="common",
            allowed=EVERYBODY,
            shown=EVERYBODY,
            audience=Audience.PUBLIC,
            in_force=True,
            content_owner=self.people.cast["editor"],
        )
        texts = {
            # Superseded: who works here reads it in the article's history.
            "older": {"allowed": STAFF, "shown": STAFF},
            "newer": {"allowed": EDITORS, "shown": ["editor"]},
            "coming": {"allowed": APPROVERS},
        }
        words = {
            name: self.canaries.put(f"public.{name}", **roles) for name, roles in texts.items()
        }
        answer = self.canaries.word("public.answer")
        self.change("public", answer=words["older"])
        self.publish("public")
        self.change("public", answer=answer)
        draft = ArticlePage.objects.get(pk=self.articles["public"].pk)
        stream = draft.body.stream_block.to_python(
            [*body, say(said), guide, internal(*inner), links_to(*others)]
        )
        self.change("public", answer=answer, body=stream)
        self.publish("public")
        self.change("public", answer=words["coming"], go_live_at=self.now + 24 * HOUR)
        self.publish("public")
        self.change("public", answer=words["newer"], go_live_at=None)

    def _behind_the_index(self) -> None:
        """Public when the index was made; the database knows better, and nobody told the index."""
        for name, allowed in {"expired": EDITORS, "narrowed": STAFF, "gone": EDITORS}.items():
            self.draft(
                name,
                section="drafts" if allowed == EDITORS else "common",
                allowed=allowed,
                shown=STAFF if allowed == STAFF else (),
                audience=Audience.PUBLIC,
            )
            self.publish(name)
        indexing.catch_up()
        rows = {
            name: ArticlePage.objects.filter(pk=self.articles[name].pk) for name in self.articles
        }
        rows["expired"].update(expire_at=self.now - HOUR)
        rows["narrowed"].update(audience=Audience.INTERNAL)
        rows["gone"].update(live=False)

    def _log_a_search(self) -> None:
        self.search_log = SearchLog.objects.create(
            asked_at=self.now,
            query=(word := self.canaries.put("search_log.query", allowed=APPROVERS)),
            query_key=word,
            staff=False,
            hits=0,
            ending=Ending.values[0],
            opened=uuid.uuid4(),
            milliseconds=1,
        )

    # --- what addresses are built of ---------------------------------------------------------------------------

    def workflow_state_of(self, name: str) -> WorkflowState:
        """The review an article is under."""
        return ArticlePage.objects.get(pk=self.articles[name].pk).current_workflow_state

    @property
    def tags(self) -> list[Tag]:
        """The tags of all articles."""
        return list(Tag.objects.order_by("pk"))

    @property
    def notifications(self) -> list[Notification]:
        """What people were told."""
        return list(Notification.objects.order_by("pk"))

    @property
    def redirect(self) -> Redirect:
        """The redirect of the article that was renamed."""
        return Redirect.objects.filter(redirect_page=self.articles["team"]).first()
