"""What competence adds to the admin: its menu."""

from wagtail import hooks

from competence.viewsets.catalogue import CompetenceGroup


@hooks.register("register_admin_viewset")
def register_catalogue() -> CompetenceGroup:
    """The catalogue."""
    return CompetenceGroup()
