"""The tags of articles: the same word in any case is the same tag."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from common.models import CasefoldedKeyModel


class Tag(CasefoldedKeyModel, TagBase):
    """A word that articles are found and grouped by."""

    casefold_source = "name"
    casefold_key = "name_key"

    name_key = models.CharField(max_length=100, unique=True, editable=False)

    free_tagging = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def clean(self):
        """Say so if the word is taken in another case, before the database does."""
        super().clean()
        same = (
            type(self).objects.filter(name_key=self.key_of(self.name)).exclude(pk=self.pk).first()
        )
        if same is not None:
            raise ValidationError(
                {"name": gettext("There is the tag “%(tag)s” already.") % {"tag": same}}
            )
