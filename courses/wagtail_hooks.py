"""What courses adds to the admin: its menu."""

from wagtail.snippets.models import register_snippet

from courses.viewsets.catalogue import LearningGroup

register_snippet(LearningGroup)
