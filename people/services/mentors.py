"""Who learns from whom."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from common.events import emit
from people.events import MentorChanged
from people.models import Employee, User
from people.refusals import Refusal


class UnsuitableMentor(Refusal):
    """Somebody cannot be this person's mentor: themselves, their own trainee, or gone."""


@transaction.atomic
def set_mentor(*, employee: Employee, mentor: Employee | None, by: User | None) -> bool:
    """Give ``employee`` a mentor, another one, or none. Whether anything changed.

    Raises UnsuitableMentor for oneself, for somebody who learns from ``employee``, for somebody who has left.
    """
    if employee.mentor_id == (mentor.pk if mentor else None):
        return False
    if mentor is not None:
        _refuse_unsuitable(employee, mentor)
    employee.mentor = mentor
    employee.save(update_fields=["mentor"])
    log(employee, "people.mentor", user=by, data={"mentor": mentor.full_name if mentor else ""})
    emit(MentorChanged(employee_id=employee.pk, mentor_id=mentor.pk if mentor else None))
    return True


def _refuse_unsuitable(employee: Employee, mentor: Employee) -> None:
    if mentor.pk == employee.pk:
        raise UnsuitableMentor(_("Nobody is their own mentor."))
    if mentor.left_on is not None:
        raise UnsuitableMentor(_("%(name)s has left.") % {"name": mentor.full_name})
    seen = {mentor.pk}
    above = mentor.mentor
    while above is not None and above.pk not in seen:
        if above.pk == employee.pk:
            raise UnsuitableMentor(
                _("%(mentor)s learns from %(name)s.")
                % {"mentor": mentor.full_name, "name": employee.full_name}
            )
        seen.add(above.pk)
        above = above.mentor
