"""The demo company: its people and articles, the same for the same day and seed."""
