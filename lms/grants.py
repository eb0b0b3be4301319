"""Gives each role's group exactly the permissions that the apps declare for it."""

from django.contrib.auth.models import Group, Permission

from lms.line_of_apps import modules_named
from people.roles import Role, group_name


def declared_grants() -> dict[str, set[str]]:
    """Role -> "app.codename" of every permission that some app's ``permissions.GRANTS`` gives it."""
    grants: dict[str, set[str]] = {role: set() for role in Role.values}
    for module in modules_named("permissions"):
        for role, permissions in getattr(module, "GRANTS", {}).items():
            grants[role] |= set(permissions)
    return grants


def apply_grants() -> None:
    """Create the roles' groups and set their permissions; a customer's own groups stay as they are.

    Raises LookupError if an app grants a permission that does not exist.
    """
    existing = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role, names in declared_grants().items():
        unknown = names - existing.keys()
        if unknown:
            raise LookupError(f"Role {role} is granted unknown permissions: {sorted(unknown)}")
        group, _created = Group.objects.get_or_create(name=group_name(role))
        group.permissions.set([existing[name] for name in names])
