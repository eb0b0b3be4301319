"""``manage.py run_scheduled``: everything the clock asks for, once; for cron, or after a night without beat."""

from django.core.management.base import BaseCommand

from lms.celery import app
from lms.line_of_apps import modules_named


class Command(BaseCommand):
    """Runs each job of the schedule here and now. Every job does all that is due, so twice is harmless."""

    help = "Run every scheduled job once, in this process."

    def handle(self, **options) -> None:
        list(modules_named("tasks"))
        for name, entry in app.conf.beat_schedule.items():
            app.tasks[entry["task"]].apply(throw=True)
            self.stdout.write(f"{name}: done")
