"""The back office of the knowledge base in the Wagtail admin."""
