"""The screens of search, by reader."""
