"""Reading of certification: tests offered to somebody, attempts."""
