"""Abstract building blocks of models. No tables of their own."""

from django.db import models


class CasefoldedKeyModel(models.Model):
    """A row that is unique by the casefolded form of one of its texts.

    SQLite compares Cyrillic by case, so uniqueness stands on a stored key instead of a collation.
    """

    casefold_source: str
    casefold_key: str

    class Meta:
        abstract = True

    @staticmethod
    def key_of(text: str) -> str:
        """The form under which ``text`` is compared."""
        return text.strip().casefold()

    def save(self, *args, **kwargs):
        setattr(self, self.casefold_key, self.key_of(getattr(self, self.casefold_source)))
        update_fields = kwargs.get("update_fields")
        if update_fields is not None and self.casefold_source in update_fields:
            kwargs["update_fields"] = {*update_fields, self.casefold_key}
        super().save(*args, **kwargs)
