"""What the Makefile calls: environment, demo, checks, tests and services. Nothing here is imported by the product."""
