"""Loads what the whole test suite knows of its surroundings."""

pytest_plugins = ["ops.testing"]
