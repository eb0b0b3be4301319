"""What people adds to the admin."""

from wagtail import hooks

from people import history


@hooks.register("register_log_actions")
def register_log_actions(actions) -> None:
    """The acts on people, as they read in the history."""
    history.register(actions)
