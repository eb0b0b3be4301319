"""What each role may do with knowledge, and who may enter the URLs of this app."""

from common.access import PUBLIC, Rule
from people.roles import Role

GRANTS: dict[str, list[str]] = {
    Role.EDITOR: [
        "wagtailadmin.access_admin",
    ],
}

# Public doors: what stands behind them is decided by visible_to, row by row.
ACCESS: dict[str, Rule] = {
    "wagtail_serve": PUBLIC,
    "image": PUBLIC,
    "document": PUBLIC,
    "sitemap": PUBLIC,
}
