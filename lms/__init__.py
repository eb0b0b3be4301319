"""The project: wiring only. Settings, urls, celery, demo commands and the site's static files."""

from lms.celery import app as celery_app

__all__ = ["celery_app"]
