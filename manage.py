#!/usr/bin/env python
"""Command line of the project."""

import os
import sys


def main() -> None:
    """Run a management command; a refused setting is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refusal:
        sys.exit(f"Opora cannot start: {refusal}")


if __name__ == "__main__":
    main()
