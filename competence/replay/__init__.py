"""Histories as lines of JSON, judged without the database: `manage.py replay_cells`."""
