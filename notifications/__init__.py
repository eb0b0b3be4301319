"""Getting a message to a person. A place in the line; its models come with notices."""
