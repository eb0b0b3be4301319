"""What each role may do with knowledge, and who may enter the URLs of this app."""

from common.access import BACK_OFFICE, CLOSED, EMPLOYEE, PUBLIC, Rule
from people.roles import Role

_KEEPS_UPKEEP = [
    f"kb.{act}_{model}"
    for model in ("changepackage", "contenttask", "incident")
    for act in ("add", "change", "view", "delete")
]

GRANTS: dict[str, list[str]] = {
    Role.EDITOR: [
        "wagtailadmin.access_admin",
        "kb.add_tag",
        "kb.change_tag",
        "kb.view_tag",
        "kb.delete_tag",
        "kb.view_scriptwalk",
        *_KEEPS_UPKEEP,
    ],
    Role.ADMINISTRATOR: [
        "wagtailadmin.access_admin",
        "kb.add_tag",
        "kb.change_tag",
        "kb.view_tag",
        "kb.delete_tag",
        "kb.view_scriptwalk",
        *_KEEPS_UPKEEP,
    ],
}

# Wagtail names the section it opens at in a chooser, whoever asks; those who write know every section.
WRITERS = Rule(
    "who writes",
    lambda viewer: viewer.is_superuser or bool(viewer.roles & {Role.EDITOR, Role.ADMINISTRATOR}),
)

# What each sees behind these doors is decided row by row: notices that concern them, people they may read of.
FOLLOWS_CHANGES = Rule(
    "lead, HR, auditor, who writes",
    lambda viewer: (
        viewer.is_superuser
        or bool(viewer.roles & {Role.LEAD, Role.HR, Role.AUDITOR, Role.EDITOR, Role.ADMINISTRATOR})
    ),
)

# Public doors: what stands behind them is decided by visible_to, row by row.
ACCESS: dict[str, Rule] = {
    "wagtail_serve": PUBLIC,
    "image": PUBLIC,
    "document": PUBLIC,
    "sitemap": PUBLIC,
    "news": PUBLIC,
    "feed": PUBLIC,
    "article_copy": PUBLIC,
    "copy_check": PUBLIC,
    "script_walk": EMPLOYEE,
    "following": EMPLOYEE,
    "follow": EMPLOYEE,
    "follow_tag": EMPLOYEE,
    "article_history": EMPLOYEE,
    "article_compare": EMPLOYEE,
    "reviews": EMPLOYEE,
    "article_verify": EMPLOYEE,
    "verification_take_back": EMPLOYEE,
    "feedback_give": PUBLIC,
    "feedback_queue": EMPLOYEE,
    "feedback_item": EMPLOYEE,
    "feedback_answer": EMPLOYEE,
    "feedback_take": EMPLOYEE,
    "feedback_merge": EMPLOYEE,
    "feedback_reopen": EMPLOYEE,
    "notices": EMPLOYEE,
    "notice": EMPLOYEE,
    "notices_people": FOLLOWS_CHANGES,
    "notice_people": FOLLOWS_CHANGES,
    "notice_withdraw": FOLLOWS_CHANGES,
    # Views of the back office ask for the right on the very page.
    "kb_audience": BACK_OFFICE,
    "kb_teaches": BACK_OFFICE,
    "kb_archive": BACK_OFFICE,
    "kb_hints": BACK_OFFICE,
    "kb_hints_new": BACK_OFFICE,
    "kb_merge_tag": BACK_OFFICE,
    "kb_upkeep": BACK_OFFICE,
    "kb_upkeep_results": BACK_OFFICE,
    "kb_scripts": BACK_OFFICE,
    "kb_scripts_results": BACK_OFFICE,
    "tags:*": BACK_OFFICE,
    "content_tasks:*": BACK_OFFICE,
    "incidents:*": BACK_OFFICE,
    "change_packages:*": BACK_OFFICE,
    "wagtailadmin_choose_page*": WRITERS,
    # Doors of Wagtail that would lead past the gate: actions by API know nothing of versions and its lists
    # of files nothing of who asks, the audience is the product's and not Wagtail's privacy, aliases are not
    # used, and its login has no throttle.
    "wagtailadmin_api:pages:action": CLOSED,
    "wagtailadmin_api:images:*": CLOSED,
    "wagtailadmin_api:documents:*": CLOSED,
    "wagtailadmin_collections:set_privacy": CLOSED,
    "wagtailadmin_pages:convert_alias": CLOSED,
    "wagtailadmin_pages:set_privacy": CLOSED,
    "wagtailadmin_error_test": CLOSED,
    "wagtailadmin_login": CLOSED,
    "wagtailadmin_password_reset": CLOSED,
    "wagtailadmin_password_reset_complete": CLOSED,
    "wagtailadmin_password_reset_confirm": CLOSED,
    "wagtailadmin_password_reset_done": CLOSED,
}
