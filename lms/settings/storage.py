"""Where rows, files and cached values live."""

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from lms.settings.env import env_directory, env_int, env_text, env_url
from lms.settings.profile import BASE_DIR, DEBUG, OPORA_VAR, SCALE

DATABASE_URL = env_url(
    "DATABASE_URL",
    "" if SCALE else f"sqlite:///{OPORA_VAR / 'opora.sqlite3'}",
    schemes=("sqlite", "postgres", "postgresql"),
)
if not DATABASE_URL:
    raise ImproperlyConfigured("DATABASE_URL is not set; the scale profile needs PostgreSQL.")
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    if SCALE:
        raise ImproperlyConfigured("DATABASE_URL names SQLite; the scale profile needs PostgreSQL.")
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at BEGIN, so that two never meet half-way; readers never wait in WAL.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"
        ),
    }

REDIS_URL = env_url("REDIS_URL", "", schemes=("redis", "rediss", "unix"))
if SCALE and not REDIS_URL:
    raise ImproperlyConfigured("REDIS_URL is not set; the scale profile needs Redis.")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

MEDIA_ROOT = env_directory("MEDIA_ROOT", OPORA_VAR / "media")
# Nothing serves this address: every file goes out through the checked view.
MEDIA_URL = "/media-is-not-served/"
MEDIA_BUCKET = env_text("MEDIA_BUCKET")

STATIC_URL = "/static/"
STATIC_ROOT = env_directory("STATIC_ROOT", OPORA_VAR / "static")
# The manifest gives every file a name of its own, to be kept by browsers for ever.
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": MEDIA_BUCKET,
                "endpoint_url": env_text("MEDIA_ENDPOINT_URL") or None,
                "default_acl": "private",
                "querystring_auth": True,
            },
        }
        if MEDIA_BUCKET
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = env_int("UPLOAD_MAX_MB", 20, minimum=1, maximum=1024) * 2**20
LOCALE_PATHS = [BASE_DIR / "locale"]
