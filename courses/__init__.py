"""Onboarding programmes: theory, practice, sign-off. A place in the line; its models come with onboarding."""
