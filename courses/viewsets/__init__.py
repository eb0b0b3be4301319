"""Learning in the back office."""
