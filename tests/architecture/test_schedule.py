"""What the schedule names exists."""

from lms.celery import app


def test_every_job_of_the_schedule_is_a_task():
    app.loader.import_default_modules()
    jobs = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert jobs
    assert jobs <= set(app.tasks)
