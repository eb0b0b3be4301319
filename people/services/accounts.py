"""Logins: opening and closing them, their address, the roles they hold, and who may touch whose."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from common.events import emit
from people.emails import checked_email
from people.events import RolesChanged
from people.models import Employee, User
from people.refusals import Refusal
from people.roles import GROUP_PREFIX, Role, group_name


class EmailTaken(Refusal):
    """Somebody else signs in with this address already."""


class ProtectedAccount(Refusal):
    """Only an administrator may change the login of an administrator, or make one."""


class OwnAdministratorRole(Refusal):
    """Nobody takes the administrator's role from themselves: the house would lock itself out."""


def roles_of(user: User) -> set[str]:
    """The values of the roles that ``user`` holds."""
    names = user.groups.filter(name__startswith=GROUP_PREFIX).values_list("name", flat=True)
    return {name.removeprefix(GROUP_PREFIX) for name in names}


def is_administrator(user: User | None) -> bool:
    """Holds the administrator's role or is a superuser. Nobody at all (a command) counts as one."""
    if user is None or user.is_superuser:
        return True
    return user.groups.filter(name=group_name(Role.ADMINISTRATOR)).exists()


def may_manage_login(by: User | None, user: User) -> bool:
    """Whether ``by`` may change how ``user`` signs in and what they may do.

    HR keeps everybody's login but those of administrators, and only a superuser keeps a superuser's:
    whoever can change an address can take the account over by a password reset.
    """
    if by is None or by.is_superuser:
        return True
    if user.is_superuser:
        return False
    return is_administrator(by) or not is_administrator(user)


def refuse_unless_manages(by: User | None, user: User) -> None:
    """Raise ProtectedAccount unless ``by`` may manage the login ``user``."""
    if not may_manage_login(by, user):
        raise ProtectedAccount(
            _("The login of %(name)s is kept by administrators.") % {"name": user.get_full_name()}
        )


@transaction.atomic
def change_email(*, user: User, email: str, by: User | None) -> None:
    """Give ``user`` another address to sign in with; the old one opens nothing any more.

    Raises UnusableEmail, EmailTaken or ProtectedAccount.
    """
    email = checked_email(email)
    if email == user.email:
        return
    refuse_unless_manages(by, user)
    if User.objects.filter(email_key=User.key_of(email)).exclude(pk=user.pk).exists():
        raise EmailTaken(_("%(email)s is another person's login.") % {"email": email})
    user.email = email
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()


@transaction.atomic
def set_roles(*, employee: Employee, roles: Iterable[str], by: User | None) -> None:
    """Let ``employee`` hold exactly ``roles``; a customer's own groups stay as they are.

    Raises ProtectedAccount if ``by`` may not give or take the administrator's role, OwnAdministratorRole,
    ValueError for a role that does not exist.
    """
    wanted = {str(Role(role)) for role in roles}
    user = employee.user
    held = roles_of(user)
    if wanted == held:
        return
    refuse_unless_manages(by, user)
    if Role.ADMINISTRATOR in wanted ^ held:
        if not is_administrator(by):
            raise ProtectedAccount(_("Only an administrator makes or unmakes an administrator."))
        if by is not None and by.pk == user.pk and not by.is_superuser:
            raise OwnAdministratorRole(_("Ask another administrator to take this role from you."))
    groups = {role: Group.objects.get_or_create(name=group_name(role))[0] for role in wanted - held}
    user.groups.add(*groups.values())
    user.groups.remove(*user.groups.filter(name__in=[group_name(role) for role in held - wanted]))
    log(
        employee,
        "people.roles",
        user=by,
        data={"added": sorted(wanted - held), "removed": sorted(held - wanted)},
    )
    emit(RolesChanged(employee_id=employee.pk))


def close_login(user: User) -> None:
    """End the sessions of ``user`` and let nobody sign in as them; a later return starts with a new password."""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
