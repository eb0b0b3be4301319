"""Pages of the knowledge base by reader, and its files."""
