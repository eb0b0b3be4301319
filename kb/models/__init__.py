"""Sections, articles, their versions, and the files and tags they use."""

from kb.models.approval import ArticleApprovalState, ArticleApprovalTask
from kb.models.articles import ArticlePage, ArticleTag, AudienceTeam
from kb.models.files import Document, FileUse, Image, Rendition
from kb.models.sections import SectionPage
from kb.models.tags import Tag
from kb.models.versions import ArticleVersion, VersionState

__all__ = [
    "ArticleApprovalState",
    "ArticleApprovalTask",
    "ArticlePage",
    "ArticleTag",
    "ArticleVersion",
    "AudienceTeam",
    "Document",
    "FileUse",
    "Image",
    "Rendition",
    "SectionPage",
    "Tag",
    "VersionState",
]
