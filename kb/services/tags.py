"""Keeping the tags of articles few: merging two that mean the same."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from kb.models import ArticlePage, ArticleTag, Tag, TagSubscription
from kb.refusals import TagsNotMerged
from people.models import User


@transaction.atomic
def merge_tags(*, source: Tag, target: Tag, by: User | None) -> int:
    """Let ``target`` stand wherever ``source`` stood, in articles and in their drafts; how many articles.

    ``source`` is gone afterwards. Raises TagsNotMerged if both are the same tag.
    """
    if source.pk == target.pk:
        raise TagsNotMerged(_("Choose another tag to merge this one into."))
    tagged = ArticleTag.objects.filter(tag=source)
    article_ids = list(tagged.values_list("content_object_id", flat=True))
    already = ArticleTag.objects.filter(tag=target).values("content_object")
    tagged.filter(content_object__in=already).delete()
    tagged.update(tag=target)
    _rewrite_drafts(source, target)
    followers = TagSubscription.objects.filter(tag=source)
    already = TagSubscription.objects.filter(tag=target).values("employee")
    followers.exclude(employee__in=already).update(tag=target)
    log(
        instance=target,
        action="kb.merge_tags",
        user=by,
        data={"merged": source.name, "articles": len(article_ids)},
    )
    source.delete()
    return len(article_ids)


def _rewrite_drafts(source: Tag, target: Tag) -> None:
    """The latest drafts name tags by primary key; published again, they would lose the merged one."""
    latest = ArticlePage.objects.exclude(latest_revision=None).values("latest_revision")
    for revision in Revision.objects.filter(pk__in=latest).iterator(chunk_size=200):
        items = revision.content.get("tagged_items", [])
        tags = {item["tag"] for item in items}
        if source.pk not in tags:
            continue
        if target.pk in tags:
            items = [item for item in items if item["tag"] != source.pk]
        else:
            items = [
                {**item, "tag": target.pk} if item["tag"] == source.pk else item for item in items
            ]
        revision.content["tagged_items"] = items
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
