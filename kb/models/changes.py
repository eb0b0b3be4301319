"""What an editor says of a change: beside the draft until it is approved, with the version from then on."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kb.choices import ChangeSize
from kb.models.packages import ChangePackage
from kb.models.versions import ArticleVersion
from kb.querysets import ChangeNoticeQuerySet

if TYPE_CHECKING:
    from people.models import User

WORDS_LENGTH = 300


class SaysWhatChanged(models.Model):
    """How much a change concerns people, and what of it they must know."""

    size = models.CharField(
        _("how much it concerns people"),
        max_length=8,
        choices=ChangeSize.choices,
        default=ChangeSize.MINOR,
    )
    was = models.TextField(_("was"), max_length=WORDS_LENGTH, blank=True)
    now = models.TextField(_("now"), max_length=WORDS_LENGTH, blank=True)
    say = models.TextField(_("say to the customer"), max_length=WORDS_LENGTH, blank=True)
    # Written for customers, and the only words of a change that leave the house.
    for_customers = models.TextField(
        _("what customers read"), max_length=WORDS_LENGTH, blank=True, default=""
    )
    # Where the risk is high and nobody has written a question: why it goes without, and who says so.
    waiver = models.TextField(_("why without a question"), max_length=WORDS_LENGTH, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    def words(self) -> dict[str, str]:
        """What an approver answers for beside the text."""
        names = ("size", "was", "now", "say", "for_customers", "waiver")
        return {name: getattr(self, name) for name in names}

    @property
    def tells(self) -> bool:
        """Whether anybody is told of it at all."""
        return self.size != ChangeSize.MINOR

    @property
    def asks(self) -> bool:
        """Whether people must confirm that they know it."""
        return self.size == ChangeSize.CONFIRM


class PendingChange(SaysWhatChanged):
    """Beside the draft of an article: approved with it, and gone once a version is made of it."""

    article = models.OneToOneField(
        "kb.ArticlePage", on_delete=models.CASCADE, related_name="pending_change"
    )
    package = models.ForeignKey(
        ChangePackage, null=True, on_delete=models.CASCADE, related_name="drafts"
    )
    written_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("change to be announced")
        verbose_name_plural = _("changes to be announced")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.size}"

    def approved_words(self) -> dict[str, str]:
        """What an approver answers for beside the text: the words, and of a package its moment."""
        if self.package is None:
            return self.words()
        moment = self.package.effective_at.isoformat()
        return {**self.words(), "package": self.package.title, "effective_at": moment}


class ChangeNotice(SaysWhatChanged):
    """What a version changed for the people who know the article. Without one, a version is a minor change.

    ``effective_at`` is the version's own: readers get the old text until then, and the notice before.
    """

    version = models.OneToOneField(ArticleVersion, on_delete=models.PROTECT, related_name="notice")
    package = models.ForeignKey(
        ChangePackage,
        null=True,
        on_delete=models.PROTECT,
        related_name="notices",
        editable=False,
    )
    article_uuid = models.UUIDField(editable=False, db_index=True)
    number = models.PositiveIntegerField(editable=False)
    announced_at = models.DateTimeField(editable=False)
    effective_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    withdrawal_reason = models.TextField(max_length=WORDS_LENGTH, blank=True, editable=False)

    objects = ChangeNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change notice")
        verbose_name_plural = _("change notices")
        indexes = [models.Index(fields=["size", "announced_at"], name="notice_by_size_and_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(size=ChangeSize.MINOR) | ~Q(now=""),
                name="a_notice_says_what_holds_now",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False)
                | Q(withdrawn_by__isnull=True, withdrawal_reason=""),
                name="a_withdrawn_notice_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.size}"

    @property
    def title(self) -> str:
        """What the article was called in this version."""
        return self.version.title

    @property
    def name(self) -> str:
        """As people read it: the change of the product, else the article and its version."""
        if self.package_id is not None:
            return self.package.title
        return gettext("%(title)s, version %(number)s") % {
            "title": self.title,
            "number": self.number,
        }

    @property
    def group(self) -> str:
        """What it is told as: itself, or the package it belongs to."""
        return f"package:{self.package_id}" if self.package_id is not None else str(self.pk)

    @classmethod
    def of_version(
        cls, version: ArticleVersion, said: "PendingChange | ChangeNotice", *, by: "User | None"
    ) -> "ChangeNotice":
        """Announce with ``version`` what was ``said`` of it."""
        return cls.objects.create(
            version=version,
            article_uuid=version.article_uuid,
            number=version.number,
            announced_at=version.announced_at,
            effective_at=version.effective_at,
            package=said.package,
            written_by=said.written_by or by,
            **said.words(),
        )
