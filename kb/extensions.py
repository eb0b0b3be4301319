"""Where kb asks the apps above before it acts."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from common.extensions import ExtensionPoint
from kb.refusals import KnowledgeRefused

if TYPE_CHECKING:
    from kb.models import ArticlePage, ArticleVersion
    from people.models import Employee, User


class PublishingRefused(KnowledgeRefused):
    """An app above objects to this version coming into force; the message says why and what to do."""


class PublishingQuestion(Protocol):
    """May this version come into force? Yields one sentence for each objection."""

    def __call__(self, article: "ArticlePage", version: "ArticleVersion") -> Iterable[str]: ...


publishing: ExtensionPoint[PublishingQuestion] = ExtensionPoint("kb.publishing")


@dataclass(frozen=True)
class CheckQuestion:
    """A question of a check as its reader gets it: never with what is right.

    ``kind`` is "single", "multiple" or "short"; ``choices`` are pairs of key and text, none for "short".
    ``ref`` names this question in this version, for nobody but the provider to read.
    """

    ref: str
    kind: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """The questions of one confirmation, and the refs of those answered right already."""

    questions: tuple[CheckQuestion, ...] = ()
    answered: frozenset[str] = frozenset()

    @property
    def next(self) -> CheckQuestion | None:
        """The first that is not answered yet."""
        return next((one for one in self.questions if one.ref not in self.answered), None)

    @property
    def place(self) -> int:
        """The place of the next one, from one."""
        return sum(one.ref in self.answered for one in self.questions) + 1


@dataclass(frozen=True)
class DraftQuestion:
    """A question as who writes the new text of its article sees it, with what is right.

    ``is_confirmed``: somebody said that it is true for that text. ``url`` is where it is rewritten.
    """

    ref: str
    text: str
    expected: tuple[str, ...]
    is_confirmed: bool
    url: str


class ConfirmationProvider(Protocol):
    """Which check belongs to confirming a version? One to three questions that rest on it, or none."""

    def asked(self, version: "ArticleVersion", employee: "Employee") -> Asked:
        """The questions somebody has confirmed for this version, the same for ``employee`` at every look."""
        ...

    def answer(
        self,
        *,
        version: "ArticleVersion",
        employee: "Employee",
        ref: str,
        given: Sequence[str],
        key: uuid.UUID,
        by: "User",
        now: datetime.datetime,
    ) -> bool:
        """Record an answer (keys of choices, or the one text) and say whether it is right.

        The same ``key`` again answers as the first time. Raises a refusal for a foreign ref.
        """
        ...

    def may_confirm(self, user: "User") -> bool:
        """Whether ``user`` may say that a question is true, and see what is right."""
        ...

    def for_draft(self, draft: "ArticlePage") -> Sequence[DraftQuestion]:
        """The questions that rest on the article of ``draft``."""
        ...

    def confirm_for_draft(
        self, *, draft: "ArticlePage", refs: Collection[str], by: "User", now: datetime.datetime
    ) -> int:
        """Say that these are true for ``draft`` as it is; returns how many. Foreign refs are passed over."""
        ...


confirmation: ExtensionPoint[ConfirmationProvider] = ExtensionPoint("kb.confirmation")


def questions_about(draft: "ArticlePage", by: "User") -> list[DraftQuestion]:
    """The questions about ``draft`` that ``by`` may see with what is right; those that wait for a look first."""
    found: list[DraftQuestion] = []
    for provider in confirmation:
        if provider.may_confirm(by):
            found += provider.for_draft(draft)
    return sorted(found, key=lambda one: one.is_confirmed)
