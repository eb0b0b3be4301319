"""Languages and time. Russian and English alike; each person has a zone of their own."""

from django.utils.translation import gettext_lazy as _

from lms.settings.env import env_choice, env_zone

LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LANGUAGE_CODE = env_choice("LANGUAGE_CODE", "ru", ("ru", "en"))
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env_zone("TIME_ZONE", "Europe/Moscow")
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ru", "Русский"), ("en", "English")]
# One tree in all languages: the interface language never selects content (docs/adr).
WAGTAIL_I18N_ENABLED = False
