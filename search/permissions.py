"""Who may enter the URLs of search, and what each role may do with its records."""

from common.access import BACK_OFFICE, EMPLOYEE, PUBLIC, Rule
from people.roles import Role

GRANTS: dict[str, list[str]] = {
    Role.EDITOR: ["search.view_searchlog"],
    Role.LEAD: ["search.view_searchlog"],
    Role.ADMINISTRATOR: ["search.view_searchlog"],
}

# Public doors: what is found behind them is decided by visible_to, article by article.
ACCESS: dict[str, Rule] = {
    "search": PUBLIC,
    "search_log": PUBLIC,
    "search_gap": EMPLOYEE,
    "search_searches": BACK_OFFICE,
    "search_searches_results": BACK_OFFICE,
}
