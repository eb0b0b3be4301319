"""The screens of tests, and of the bank of questions."""
