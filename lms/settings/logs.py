"""Logs: one structured line an event, each with the id of its request."""

import structlog

from lms.settings.env import env_choice
from lms.settings.profile import OPORA_VAR, SCALE

LOG_LEVEL = env_choice(
    "LOG_LEVEL", "INFO" if SCALE else "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR")
)
EMAIL_FILE_PATH = OPORA_VAR / "mail"

_shared = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
structlog.configure(
    processors=[*_shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _shared,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False)
            if SCALE
            else structlog.dev.ConsoleRenderer(colors=False),
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "celery": {"level": "WARNING"},
        # It logs every act with the title of the page; who did what stands in the history.
        "wagtail": {"level": "WARNING"},
    },
}
