"""Who may enter the URLs of this app, and who sees what could not be sent."""

from common.access import BACK_OFFICE, Rule
from people.roles import Role

GRANTS: dict[str, list[str]] = {Role.ADMINISTRATOR: ["notifications.view_delivery"]}

# The inbox is one's own: foreign ids are answered as missing ones, row by row.
OWN_INBOX = Rule("works here", lambda viewer: viewer.employee_id is not None)

ACCESS: dict[str, Rule] = {
    "inbox": OWN_INBOX,
    "inbox_read_all": OWN_INBOX,
    "notification_open": OWN_INBOX,
    "notification_read": OWN_INBOX,
    "notification_preferences": OWN_INBOX,
    # The report asks for the permission itself.
    "notifications_deliveries": BACK_OFFICE,
    "notifications_deliveries_results": BACK_OFFICE,
    "notifications_send_again": BACK_OFFICE,
}
