"""Who may enter the URLs of search, and what each role may do with its records."""

from common.access import BACK_OFFICE, EMPLOYEE, PUBLIC, Rule, roles
from people.roles import Role

_KEEPS_WORDS = [
    f"search.{act}_{model}"
    for model in ("synonymset", "glossaryentry", "pinnedresult")
    for act in ("add", "change", "view", "delete")
]

GRANTS: dict[str, list[str]] = {
    Role.EDITOR: ["search.view_searchlog", *_KEEPS_WORDS],
    Role.LEAD: ["search.view_searchlog"],
    Role.ADMINISTRATOR: ["search.view_searchlog", *_KEEPS_WORDS],
}

# Who reads the log of questions.
READS_QUESTIONS = roles(Role.EDITOR, Role.LEAD, Role.ADMINISTRATOR)

# Public doors: what is found behind them is decided by visible_to, article by article.
ACCESS: dict[str, Rule] = {
    "search": PUBLIC,
    "search_panel": PUBLIC,
    "search_log": PUBLIC,
    "search_gap": EMPLOYEE,
    "search_week": READS_QUESTIONS,
    "search_synonyms:*": BACK_OFFICE,
    "search_glossary:*": BACK_OFFICE,
    "search_pins:*": BACK_OFFICE,
    "search_searches": BACK_OFFICE,
    "search_searches_results": BACK_OFFICE,
    "search_searches_task": BACK_OFFICE,
    "search_closest": BACK_OFFICE,
}
