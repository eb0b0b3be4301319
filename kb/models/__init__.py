"""Sections, articles, their versions, and the files and tags they use."""

from kb.models.acknowledgements import Acknowledgement
from kb.models.approval import ArticleApprovalState, ArticleApprovalTask
from kb.models.articles import ArticlePage, ArticleTag, AudienceTeam
from kb.models.changes import ChangeNotice, PendingChange
from kb.models.feedback import Feedback
from kb.models.files import Document, FileUse, Image, Rendition
from kb.models.incidents import Incident
from kb.models.packages import ChangePackage
from kb.models.readings import Reading
from kb.models.sections import SectionPage
from kb.models.subscriptions import Subscription, TagSubscription
from kb.models.tags import Tag
from kb.models.tasks import ContentTask, TaskReport
from kb.models.verifications import Verification
from kb.models.versions import ArticleVersion, VersionState
from kb.models.walks import ScriptWalk

__all__ = [
    "Acknowledgement",
    "ArticleApprovalState",
    "ArticleApprovalTask",
    "ArticlePage",
    "ArticleTag",
    "ArticleVersion",
    "AudienceTeam",
    "ChangeNotice",
    "ChangePackage",
    "ContentTask",
    "Document",
    "Feedback",
    "FileUse",
    "Image",
    "Incident",
    "PendingChange",
    "Reading",
    "Rendition",
    "ScriptWalk",
    "SectionPage",
    "Subscription",
    "Tag",
    "TagSubscription",
    "TaskReport",
    "Verification",
    "VersionState",
]
