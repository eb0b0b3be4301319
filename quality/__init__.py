"""Reviews of calls, complaints, improvement. A place in the line; its models come with quality."""
