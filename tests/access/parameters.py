"""Which addresses a URL pattern has in the scene: its parameters are filled by name, then by namespace."""

import uuid
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import product

from django.contrib.auth.models import Group
from wagtail.models import APIToken, Collection, Site, Task, Workflow

from kb.models import Verification
from notifications.models import Delivery
from people.models import Employee
from tests.access import scene_bodies
from tests.access.scene import Scene
from tests.access.urlconf import Door

# Patterns nobody can build an address for, and why. A test checks that the list is true.
UNFILLABLE: dict[str, str] = {}

Values = Iterable[object]


# Enough to see each kind of screen work, where a whole scene would ask the same question again and again.
TELLING = ("public", "submitted", "common", "drafts")


class Parameters:
    """Fills addresses with what stands in a scene; ``few`` takes some telling objects instead of all."""

    def __init__(self, scene: Scene, *, few: bool = False) -> None:
        self.scene = scene
        self.few = few
        self.articles = self._some(scene.articles)
        self.sections = self._some(scene.sections)
        self.pages = [*self.articles, *self.sections]
        self.images = self._some(scene.files.images)
        self.documents = self._some(scene.files.documents)
        self._by_name = self._values_by_name()
        self._keys_by_namespace = self._keys()

    def _some(self, things: Mapping[str, object]) -> list:
        return [thing for name, thing in things.items() if not self.few or name in TELLING]

    def addresses(self, door: Door) -> list[str]:
        """The addresses of ``door``; none if one of its parameters cannot be filled."""
        found = [door.address(**arguments) for arguments in self._arguments(door)]
        return list(dict.fromkeys(found))

    def _arguments(self, door: Door) -> Iterable[dict]:
        special = self._together.get(door.view_name)
        if special is not None:
            return special
        columns = []
        for name in door.parameters:
            values = list(self._values(door, name))
            if not values:
                return []
            columns.append([(name, value) for value in values])
        return [dict(row) for row in product(*columns)]

    def _values(self, door: Door, name: str) -> Values:
        if name in ("pk", "page_pk", "doc_id"):
            for namespace, keys in self._keys_by_namespace.items():
                if door.view_name.startswith(namespace):
                    return keys
            return []
        return self._by_name.get(name, [])

    def _values_by_name(self) -> dict[str, Values]:
        scene = self.scene
        pages = [page.pk for page in self.pages]
        articles = [article.pk for article in self.articles]
        sections = [section.pk for section in self.sections]
        return {
            "page_id": pages,
            "parent_page_id": [*sections, articles[0]],
            "page_to_move_id": pages,
            "destination_id": sections[-1:],
            "article_id": articles,
            "image_id": [image.pk for image in self.images],
            "token_id": list(APIToken.objects.values_list("pk", flat=True)[:2]),
            "document_id": [document.pk for document in self.documents],
            "uploaded_file_id": [scene.upload.pk],
            "collection_id": list(Collection.objects.values_list("pk", flat=True)),
            "employee_id": self._employees(),
            "event_id": [event.pk for event in scene.competence.events],
            "proposal_id": [proposal.pk for proposal in scene.competence.proposals],
            "quiz_id": [scene.certification.quiz.pk],
            "question_id": [scene.certification.question.pk],
            "suspension_id": [scene.certification.suspension.pk],
            "attempt_id": [scene.certification.attempt.pk, scene.certification.handed_in.pk],
            "certificate_number": [scene.certification.certificate.number],
            "appeal_id": [scene.certification.appeal.pk],
            "answer_id": [one.pk for one in scene.certification.open_answers],
            "slot": [1, 2],
            "campaign_id": [campaign.pk for campaign in scene.certification.campaigns],
            "paper_id": [paper.pk for paper in scene.certification.papers],
            "article_uuid": [article.uuid for article in self.articles],
            "version_number": [1],
            "feedback_id": [task.pk for task in scene.feedback.tasks],
            "lesson_id": self._lessons(),
            "step": [1],
            "item_id": [scene.courses.item.pk],
            "enrollment_id": [scene.courses.plan.pk],
            "theory_id": [session.pk for session in scene.courses.sessions],
            "sign_off_id": [scene.courses.sign_off.pk],
            "verification_id": list(Verification.objects.values_list("pk", flat=True)[:2]),
            "notice_id": [notice.pk for notice in scene.changes.notices],
            "notification_id": [told.pk for told in scene.notifications],
            "delivery_id": list(Delivery.objects.values_list("pk", flat=True)[:2]),
            "tag_id": [tag.pk for tag in (scene.tags[:1] if self.few else scene.tags)],
            "redirect_id": [scene.redirect.pk],
            "task_id": list(Task.objects.values_list("pk", flat=True)),
            "workflow_pk": list(Workflow.objects.values_list("pk", flat=True)),
            "block_id": [scene_bodies.SCRIPT_ID],
            "walk_id": [uuid.UUID(int=1)],
            "path": [page.url_path.removeprefix("/kb/") for page in self.pages] + scene.old_paths,
            "filter_spec": ["max-165x165", "original"],
            "content_type_app_name": ["kb"],
            "content_type_model_name": ["articlepage", "sectionpage"],
            "app_label": ["kb"],
            "app_name": ["kb"],
            "model_name": ["articlepage"],
            "session_id": [1],
            "object_id": pages,
            "uidb36": ["1"],
            "uidb64": ["MQ"],
            "token": ["x-x"],
            "secret": ["x-x"],
            "key": ["set-password"],
        }

    def _employees(self) -> list[int]:
        people = self.scene.people
        found = {**people.others, **people.cast}
        names = ["stranger"] if self.few else ["stranger", "newcomer", "guide", "lead", "left"]
        return [found[name].pk for name in names]

    def _lessons(self) -> list[int]:
        return [self.scene.courses.lesson.pk, self.scene.courses.draft.pk]

    def _users(self) -> list[int]:
        found = Employee.objects.filter(pk__in=self._employees())
        return list(found.values_list("user_id", flat=True))

    def _keys(self) -> dict[str, Values]:
        """Primary keys by the beginning of the pattern's name; the first that fits holds."""
        scene, people = self.scene, self.scene.people
        pages = [page.pk for page in self.pages]
        documents = [document.pk for document in self.documents]
        images = [image.pk for image in self.images]
        return {
            "wagtailadmin_api:pages": pages,
            "wagtailadmin_api:images": images,
            "wagtailadmin_api:documents": documents,
            "people_employees": self._employees(),
            "people_chooser": self._employees(),
            "people_teams": [team.pk for team in people.teams.values()],
            "people_positions": [people.position.pk],
            "people_leaves": [leave.pk for leave in people.leaves.values()],
            "people_shifts": [shift.pk for shift in people.shifts.values()],
            "wagtailusers_users": self._users(),
            "wagtailusers_groups": list(Group.objects.values_list("pk", flat=True)[:2]),
            "competence_areas": [scene.competence.area.pk],
            "competence_competences": [scene.competence.competence.pk],
            "competence_requirements": [scene.competence.requirement.pk],
            "competence_queues": [scene.competence.queue.pk],
            "competence_windows": [scene.competence.window.pk],
            "content_tasks": [task.pk for task in scene.search.tasks],
            "change_packages": [scene.changes.package.pk],
            "incidents": [incident.pk for incident in scene.search.incidents],
            **{name: [row.pk] for name, row in scene.search.words.items()},
            "wagtailsnippets_courses_programme": [scene.courses.programme.pk],
            "wagtailsnippetchoosers_courses_programme": [scene.courses.programme.pk],
            "wagtailsnippets_courses_lesson": self._lessons(),
            "wagtailsnippetchoosers_courses_lesson": self._lessons(),
            "wagtailsnippets_courses_practicetask": [scene.courses.task.pk],
            "wagtailsnippetchoosers_courses_practicetask": [scene.courses.task.pk],
            "wagtailsnippets_certification_question": [scene.certification.question.pk],
            "wagtailsnippetchoosers_certification_question": [scene.certification.question.pk],
            "wagtailsnippets_certification_quiz": [scene.certification.quiz.pk],
            "wagtailsnippetchoosers_certification_quiz": [scene.certification.quiz.pk],
            "people_tokens": list(APIToken.objects.values_list("pk", flat=True)[:1]),
            "tags": [tag.pk for tag in (scene.tags[:1] if self.few else scene.tags)],
            "wagtailsites": list(Site.objects.values_list("pk", flat=True)),
            "wagtailadmin_collections": list(Collection.objects.values_list("pk", flat=True)),
            "wagtailadmin_workflows:remove": pages[:2],
            "wagtailadmin_workflows:edit_task": list(Task.objects.values_list("pk", flat=True)),
            "wagtailadmin_workflows:disable_task": list(Task.objects.values_list("pk", flat=True)),
            "wagtailadmin_workflows:enable_task": list(Task.objects.values_list("pk", flat=True)),
            "wagtailadmin_workflows": list(Workflow.objects.values_list("pk", flat=True)),
            "wagtaildocs": documents,
            "wagtailimages": images,
        }

    @cached_property
    def _together(self) -> dict[str, list[dict]]:
        """Patterns whose parameters belong together."""
        reviews = [self.scene.workflow_state_of(name) for name in ("submitted", "team_submitted")]
        revisions = [
            {"page_id": page.pk, "revision_id": revision.pk}
            for page in self.articles
            for revision in page.revisions.order_by("pk")
        ]
        of_review = [
            {
                "page_id": int(review.object_id),
                "action_name": action,
                "task_state_id": review.current_task_state_id,
            }
            for review in reviews
            for action in ("approve", "reject")
        ]
        state = {
            "wagtailadmin_pages:workflow_action": of_review,
            "wagtailadmin_pages:collect_workflow_action_data": of_review,
            "wagtailadmin_pages:workflow_preview": [
                {"page_id": int(r.object_id), "task_id": r.current_task_state.task_id}
                for r in reviews
            ],
            "wagtailadmin_pages:workflow_history_detail": [
                {"page_id": int(r.object_id), "workflow_state_id": r.pk} for r in reviews
            ],
            "wagtailadmin_pages:revisions_compare": [
                {"pk": page.pk, "revision_id_a": "earliest", "revision_id_b": "latest"}
                for page in self.articles
            ],
            "wagtailadmin_api:pages:action": [
                {"pk": page.pk, "action_name": action}
                for page in self.articles
                for action in ("publish", "copy")
            ],
            "wagtailadmin_editing_sessions:ping": [
                {
                    "app_label": "kb",
                    "model_name": "articlepage",
                    "object_id": str(page.pk),
                    "session_id": 1,
                }
                for page in self.articles
            ],
            "wagtailadmin_workflows:add_task": [
                {"app_label": "kb", "model_name": "articleapprovaltask"}
            ],
            "wagtail_bulk_action": [
                {"app_label": "wagtailcore", "model_name": "page", "action": action}
                for action in ("move", "delete", "publish", "unpublish")
            ]
            + [
                {"app_label": "certification", "model_name": model, "action": "delete"}
                for model in ("question", "quiz")
            ],
            "wagtailadmin_tag_model_autocomplete": [{"app_name": "kb", "model_name": "tag"}],
            "api:article": [{"article_id": article.uuid} for article in self.articles],
            "image": [
                {"image_uuid": image.uuid, "rendition_id": rendition.pk}
                for image in self.images
                for rendition in image.renditions.all()
            ],
            "document": [
                {"document_uuid": document.uuid, "filename": document.filename}
                for document in self.documents
            ],
        }
        snippets = {
            "courses_lesson": [self.scene.courses.lesson, self.scene.courses.draft],
            "certification_question": [self.scene.certification.question],
        }
        for model, rows in snippets.items():
            for name in ("view", "revert", "unschedule"):
                state[f"wagtailsnippets_{model}:revisions_{name}"] = [
                    {"pk": str(row.pk), "revision_id": revision.pk}
                    for row in rows
                    for revision in row.revisions.order_by("pk")
                ]
            state[f"wagtailsnippets_{model}:revisions_compare"] = [
                {"pk": str(row.pk), "revision_id_a": "earliest", "revision_id_b": "latest"}
                for row in rows
            ]
        for name in ("view", "revert", "unschedule"):
            state[f"wagtailadmin_pages:revisions_{name}"] = revisions
        return state
