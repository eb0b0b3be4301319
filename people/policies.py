"""Permission policies of the admin: beside what a role may do at all, which rows it may do it to."""

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from people.models import Assignment, Employee, Leave, Shift, User
from people.roles import Role
from people.viewer import Viewer


class EmployeePolicy(ModelPermissionPolicy):
    """Employees are never deleted; a lead sees those of their teams only."""

    def user_has_permission(self, user, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user, action: str, instance: Employee) -> bool:
        return self.user_has_permission(user, action) and (
            self.visible_to(user).filter(pk=instance.pk).exists()
        )

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet[Employee]:
        if not self.user_has_any_permission(user, actions):
            return Employee.objects.none()
        return self.visible_to(user)

    @staticmethod
    def visible_to(user) -> QuerySet[Employee]:
        """The employees whose record the person behind ``user`` may read now."""
        now = timezone.now()
        return Employee.objects.visible_to(Viewer.of(user, now), now)


class OwnedByEmployeePolicy(ModelPermissionPolicy):
    """Rows about an employee are seen by those who see the employee."""

    def user_has_permission_for_instance(self, user, action: str, instance) -> bool:
        return self.user_has_permission(user, action) and (
            EmployeePolicy.visible_to(user).filter(pk=instance.employee_id).exists()
        )

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        rows = super().instances_user_has_any_permission_for(user, actions)
        return rows.filter(employee__in=EmployeePolicy.visible_to(user))


class UserPolicy(ModelPermissionPolicy):
    """Logins as such are the administrators' business; nobody but a superuser touches a superuser."""

    def user_has_permission(self, user, action: str) -> bool:
        if action == "delete" or not super().user_has_permission(user, action):
            return False
        return user.is_superuser or Viewer.of(user).has_role(Role.ADMINISTRATOR)

    def user_has_permission_for_instance(self, user, action: str, instance: User) -> bool:
        return self.user_has_permission(user, action) and (
            user.is_superuser or not instance.is_superuser
        )


def register() -> None:
    """Tell Wagtail which policy each model has."""
    register_permission_policy(Employee, EmployeePolicy(Employee))
    for model in (Assignment, Leave, Shift):
        register_permission_policy(model, OwnedByEmployeePolicy(model))
