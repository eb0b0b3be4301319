"""Wagtail's own area of users and groups, narrowed: administrators only, no way up to superuser, our groups fixed."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import groups, users
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

from people.models import User
from people.roles import GROUP_PREFIX


class AccountFormMixin:
    """No box for "superuser" but for superusers, and no two addresses that differ by case only.

    Name, address and roles of somebody who works here are kept under "People"; here they are shown.
    """

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not by.is_superuser:
            self.fields.pop("is_superuser", None)
            self.fields["groups"].queryset = Group.objects.exclude(name__startswith=GROUP_PREFIX)
        if hasattr(self.instance, "employee"):
            for name in ("email", "first_name", "last_name"):
                self.fields[name].disabled = True

    def clean_groups(self):
        """The chosen groups, and the roles held: what is not offered is not taken away."""
        chosen = self.cleaned_data["groups"]
        if self.instance.pk is None or "groups" not in self.fields:
            return chosen
        offered = self.fields["groups"].queryset
        kept = self.instance.groups.exclude(pk__in=offered.values("pk"))
        return Group.objects.filter(
            pk__in={*chosen.values_list("pk", flat=True), *kept.values_list("pk", flat=True)}
        )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        others = User.objects.filter(email_key=User.key_of(email)).exclude(pk=self.instance.pk)
        if others.exists():
            self.add_error("email", self.error_messages["duplicate_username"])
        return email


class AccountCreationForm(AccountFormMixin, UserCreationForm):
    """A login without an employee: somebody who keeps the house."""


class AccountEditForm(AccountFormMixin, UserEditForm):
    """A login."""


class ByMixin:
    """Hands the form the person who works with it."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"by": self.request.user}


class AccountCreateView(ByMixin, users.CreateView):
    """A new login."""


class AccountEditView(ByMixin, users.EditView):
    """A changed login; a superuser's is for superusers."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AccountIndexView(users.IndexView):
    """The list without boxes to tick: nothing is done to logins in bulk."""

    @cached_property
    def columns(self):
        return [c for c in super().columns if not isinstance(c, BulkActionsCheckboxColumn)]

    def get_edit_url(self, instance):
        """A superuser's login opens for superusers only."""
        if instance.is_superuser and not self.request.user.is_superuser:
            return None
        return super().get_edit_url(instance)


class UserViewSet(users.UserViewSet):
    """Logins; people are under "People"."""

    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return AccountEditForm if for_update else AccountCreationForm

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | {"delete_url_name": None}

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]


class GroupIndexView(groups.IndexView):
    """A customer's own groups. Ours are roles, given to people under "People", and cannot be edited."""

    def get_base_queryset(self):
        return super().get_base_queryset().exclude(name__startswith=GROUP_PREFIX)


class OwnGroupsOnly:
    """Refuses the groups of our roles."""

    def dispatch(self, request, *args, **kwargs):
        if Group.objects.filter(pk=kwargs["pk"], name__startswith=GROUP_PREFIX).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class NamedApart:
    """Refuses a name that only our own groups bear."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if form.data.get("name", "").strip().casefold().startswith(GROUP_PREFIX):
            form.fields["name"].validators.append(_refuse_our_prefix)
        return form


def _refuse_our_prefix(name: str) -> None:
    raise ValidationError(
        _("Names that begin with “%(prefix)s” belong to roles.") % {"prefix": GROUP_PREFIX}
    )


class GroupCreateView(NamedApart, groups.CreateView):
    """A new group of the customer's own."""


class GroupEditView(OwnGroupsOnly, NamedApart, groups.EditView):
    """A group of the customer's own."""


class GroupDeleteView(OwnGroupsOnly, groups.DeleteView):
    """A group of the customer's own."""


class GroupViewSet(groups.GroupViewSet):
    """Groups beside our roles."""

    index_view_class = GroupIndexView
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView


def refuse_bulk_actions(request, action_type, objects, action_class_instance):
    """Receiver of ``before_bulk_action``: nothing is done to users in bulk."""
    if isinstance(action_class_instance, UserBulkAction):
        raise PermissionDenied
    return
