"""App configuration of `people`, and of Wagtail's users with our screens in it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """`people` in the line of apps: who works here."""

    name = "people"
    verbose_name = _("People")
    default = True

    def ready(self) -> None:
        from people import policies

        policies.register()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users and groups, narrowed: see ``people.viewsets.accounts``."""

    user_viewset = "people.viewsets.accounts.UserViewSet"
    group_viewset = "people.viewsets.accounts.GroupViewSet"

    def ready(self) -> None:
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from people.models import User
        from people.policies import UserPolicy

        register_permission_policy(User, UserPolicy(User))
        register_permission_policy(Group)
