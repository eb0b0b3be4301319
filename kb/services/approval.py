"""What happens when a workflow has been approved to its end."""


def finish_workflow(workflow_state, user=None) -> None:
    """Publish exactly the revision that was approved (Wagtail's WAGTAIL_FINISH_WORKFLOW_ACTION).

    Raises ApprovalRefused if there is a newer draft or the submitted one reads differently by now; Wagtail
    calls this inside the transaction of the approval, so that then nothing of it happens.
    """
    # Wagtail imports this module while it is still defining its models.
    from kb.models.approval import refuse_other_text  # noqa: PLC0415

    revision = refuse_other_text(workflow_state.current_task_state.specific)
    revision.publish(user=user, skip_permission_checks=True)
