"""What certification adds to the admin: its menu."""

from wagtail.snippets.models import register_snippet

from certification.viewsets.bank import CertificationGroup

register_snippet(CertificationGroup)
