"""The tags that documents name, found or made; one tag for a word in any case."""

from kb.models import Tag

MAX_NAME = 100


class Tags:
    """Tags by name. Call inside a transaction, which takes new tags back if it fails."""

    def ids(self, names: tuple[str, ...]) -> list[int]:
        """The primary keys of the tags called ``names``, made if they are missing, each once."""
        if not names:
            return []
        keys = {name[:MAX_NAME].casefold(): name[:MAX_NAME] for name in names}
        found = dict(Tag.objects.filter(name_key__in=keys).values_list("name_key", "pk"))
        for key, name in keys.items():
            if key not in found:
                tag = Tag(name=name)
                tag.save()
                found[key] = tag.pk
        return sorted(set(found.values()))
