"""The Celery app and its schedule: the one place that says what runs when."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

app = Celery("opora")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "put versions in force": {"task": "kb.put_versions_in_force", "schedule": 30.0},
    "send due mail": {"task": "notifications.send_due_mail", "schedule": 30.0},
    "tell what was missed": {"task": "kb.tell_what_was_missed", "schedule": 300.0},
    "remind of reviews": {"task": "kb.remind_of_reviews", "schedule": 3_600.0},
    "tell of late answers": {"task": "kb.tell_of_late_answers", "schedule": 3_600.0},
    "remind of recertification": {"task": "certification.remind_of_rounds", "schedule": 3_600.0},
    "remind of open answers": {"task": "certification.remind_assessors", "schedule": 3_600.0},
    "judge every cell anew": {"task": "competence.sweep", "schedule": 86_400.0},
    "follow people into their plans": {"task": "courses.sweep", "schedule": 900.0},
    "remind of sessions": {"task": "courses.remind_of_sessions", "schedule": 300.0},
    "hand in tests that ran out": {"task": "certification.submit_run_out", "schedule": 30.0},
    "follow articles with questions": {"task": "certification.derive_standings", "schedule": 900.0},
    "count answers to questions": {"task": "certification.collect_answers", "schedule": 300.0},
    "judge tests anew": {"task": "certification.rescore", "schedule": 300.0},
    "issue certificates": {"task": "certification.issue_certificates", "schedule": 900.0},
    "make tasks of gaps": {"task": "search.make_tasks_of_gaps", "schedule": 300.0},
    "tell of the week": {"task": "search.tell_of_the_week", "schedule": 3_600.0},
    "learn the glossary": {"task": "search.learn_glossary", "schedule": 86_400.0},
    "learn from use": {"task": "search.learn_from_use", "schedule": 3_600.0},
    "forget old searches": {"task": "search.forget_old_searches", "schedule": 86_400.0},
}
