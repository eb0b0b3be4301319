"""Screens: the matrix, a record, and what is recorded in it."""
