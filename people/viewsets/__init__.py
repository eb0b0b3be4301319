"""The back office of people in the Wagtail admin."""
