"""Images and documents, and which articles in force use them (what decides who may fetch a file)."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as StockDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as StockImage


class Image(AbstractImage):
    """An image. Its files are never served by address, only through the checked view."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    default_alt_text = models.CharField(_("default alternative text"), max_length=255, blank=True)
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by user"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    tags = TaggableManager(
        help_text=None, blank=True, verbose_name=_("tags"), related_name="tagged_images"
    )
    source_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    admin_form_fields = (*StockImage.admin_form_fields, "default_alt_text")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt(self) -> str:
        """What is read aloud where the editor gave no text of its own."""
        return self.default_alt_text


class Rendition(AbstractRendition):
    """An image in one size."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_size"
            )
        ]

    @property
    def url(self) -> str:
        """The address of the checked view, not of the file."""
        return reverse("image", args=[self.image.uuid, self.pk])


class Document(AbstractDocument):
    """A file to download."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)

    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by user"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    tags = TaggableManager(
        help_text=None, blank=True, verbose_name=_("tags"), related_name="tagged_documents"
    )

    admin_form_fields = StockDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    @property
    def url(self) -> str:
        """The address of the checked view."""
        return reverse("document", args=[self.uuid, self.filename])


class FileUse(models.Model):
    """An article's version in force uses a file; ``internal`` where only its internal part does.

    Written in the transaction that puts a version in force, so that a file's audience is never older
    than its article's.
    """

    article = models.ForeignKey(
        "kb.ArticlePage", on_delete=models.CASCADE, related_name="file_uses"
    )
    image = models.ForeignKey(
        Image, null=True, blank=True, on_delete=models.CASCADE, related_name="uses"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.CASCADE, related_name="uses"
    )
    internal = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(image__isnull=False, document__isnull=True)
                | models.Q(image__isnull=True, document__isnull=False),
                name="file_use_names_one_file",
            ),
            models.UniqueConstraint(
                fields=["article", "image", "internal"],
                condition=models.Q(image__isnull=False),
                name="one_image_use_per_article_and_place",
            ),
            models.UniqueConstraint(
                fields=["article", "document", "internal"],
                condition=models.Q(document__isnull=False),
                name="one_document_use_per_article_and_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.image or self.document}"
