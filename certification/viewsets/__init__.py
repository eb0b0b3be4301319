"""The bank of questions in the back office."""
