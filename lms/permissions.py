"""Access lines of URLs that belong to the project or to a library, and the collection of all apps' lines."""

from common.access import BACK_OFFICE, CLOSED, PUBLIC, SIGNED_IN, AccessRegistry
from lms.line_of_apps import modules_named

ACCESS = {
    "livez": PUBLIC,
    "readyz": PUBLIC,
    "set_language": PUBLIC,
    "set_theme": PUBLIC,
    "styleguide": PUBLIC,
    "demo_login": PUBLIC,
    # The API asks for a key of its own and knows no session.
    "api:*": PUBLIC,
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_inactive": PUBLIC,
    # Accounts come from HR and addresses are kept by HR: allauth's own doors to both stay shut.
    "account_signup": CLOSED,
    "account_email": CLOSED,
    "account_email_verification_sent": CLOSED,
    "account_confirm_email": CLOSED,
    "account_set_password": CLOSED,
    "account_confirm_login_code": CLOSED,
    # Wagtail asks its own, finer permissions behind this door.
    "wagtail*": BACK_OFFICE,
}


def collect_access(registry: AccessRegistry) -> None:
    """Fill ``registry`` with the lines of every app of the line."""
    for module in modules_named("permissions"):
        registry.add(getattr(module, "ACCESS", {}))
