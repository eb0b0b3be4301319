"""Background work: Celery in the web process (embedded) or workers on a broker (scale)."""

from lms.settings.env import env_url
from lms.settings.storage import REDIS_URL

CELERY_BROKER_URL = env_url(
    "CELERY_BROKER_URL",
    REDIS_URL or "memory://localhost/",
    schemes=("memory", "redis", "rediss", "amqp", "amqps"),
)
IN_PROCESS_WORKER = CELERY_BROKER_URL.startswith("memory://")
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"polling_interval": 0.05} if IN_PROCESS_WORKER else {"visibility_timeout": 3600}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_TIMEZONE = "UTC"
# A broker that is away must not hold a request up: the message is a doorbell, the row is the truth.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}

TASKS = {"default": {"BACKEND": "common.task_backend.CeleryTaskBackend"}}
