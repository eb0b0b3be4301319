"""Settings of the site, by subject. Everything that differs between sites comes from the environment."""

from lms.settings.profile import *
from lms.settings.applications import *
from lms.settings.storage import *
from lms.settings.search import *
from lms.settings.background import *
from lms.settings.security import *
from lms.settings.languages import *
from lms.settings.content import *
from lms.settings.logs import *
