"""Questions, attempts, recertification. A place in the line; its models come with certification."""
