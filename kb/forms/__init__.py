"""Forms of the knowledge base, by what they are about."""
