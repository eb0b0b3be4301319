"""Which kind of site this is: embedded (nothing but Python) or scale (servers behind a proxy)."""

from pathlib import Path

from lms.settings.env import env_bool, env_choice, env_directory, env_text, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent.parent
OPORA_PROFILE = env_choice("OPORA_PROFILE", "embedded", ("embedded", "scale"))
SCALE = OPORA_PROFILE == "scale"
OPORA_VAR = env_directory("OPORA_VAR", BASE_DIR / "var")
DEBUG = env_bool("DEBUG", False)
SECRET_KEY = secret_key("SECRET_KEY", kept_in=OPORA_VAR / "secret_key", required=SCALE)
COMPANY_NAME = env_text("OPORA_COMPANY", "Опора")
