"""What happens when a workflow has been approved to its end."""


def finish_workflow(workflow_state, user=None) -> None:
    """Publish exactly the revision that was approved."""
    revision = workflow_state.current_task_state.revision
    revision.publish(user=user, skip_permission_checks=True)
