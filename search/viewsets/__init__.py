"""The back office of search in the Wagtail admin."""
