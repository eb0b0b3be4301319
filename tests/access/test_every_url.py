"""Every URL, every role: nobody meets what is not for them, and everybody meets what is."""

import pytest

from tests.access.roles import ROLES
from tests.access.walking import FORGED_FORMS

# Renditions and sheets leave temporary files to the collector.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


# In the order of roles, so that all that is asked of a walk is asked together: a process walks once for it.
# Of two with the same rights one walks: the second editor and the first, whoever left and whose login is closed.
WALKERS = [role for role in ROLES if role not in ("second_editor", "deactivated")]
each_role = pytest.mark.parametrize("role", WALKERS, scope="module")


def listed(findings: list[str]) -> str:
    """The findings as people read them, the first hundred."""
    return "\n".join([f"{len(findings)} found:", *findings[:100]])


@each_role
def test_nobody_meets_what_is_not_for_them(walked, role):
    assert not walked(role).leaks, listed(walked(role).leaks)


@each_role
def test_everybody_meets_what_is_for_them(walked, scene, role):
    assert scene.canaries.must_be_met_by(role) - walked(role).met == set()


@each_role
def test_no_url_fails_for_anybody(walked, role):
    assert not walked(role).faults, listed(walked(role).faults)


@each_role
def test_every_reply_carries_its_headers(walked, role):
    assert not walked(role).bare, listed(walked(role).bare)


@each_role
def test_what_is_refused_changes_nothing(walked, role):
    assert not walked(role).wrote, listed(walked(role).wrote)


def test_every_fault_that_is_forgiven_still_happens(walked):
    assert walked("editor").forgiven == FORGED_FORMS
