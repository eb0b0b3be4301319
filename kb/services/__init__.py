"""What editors, approvers and the clock do to articles."""
