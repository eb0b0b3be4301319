"""Settings of the test suite: fast hashing, eager tasks, plain static files, state in a temporary place.

Outside the settings package, since importing a part of it imports the whole: the place must be chosen before.
"""

import atexit
import os
import shutil
import tempfile

if "OPORA_VAR" not in os.environ:
    os.environ["OPORA_VAR"] = tempfile.mkdtemp(prefix="opora-test-")
    atexit.register(shutil.rmtree, os.environ["OPORA_VAR"], ignore_errors=True)
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Workers of one run inherit one environment; each needs a database, files and an index of its own.
    os.environ["OPORA_VAR"] = os.path.join(os.environ["OPORA_VAR"], worker)
os.environ.setdefault("LOG_LEVEL", "ERROR")

from lms.settings import *  # noqa: F403
from lms.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not :memory:, since live servers and threads open connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["OPORA_VAR"], "test.sqlite3")}
