"""Forms of the screens of learning."""
