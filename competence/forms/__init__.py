"""Forms of the screens and of the back office."""
