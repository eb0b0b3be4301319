"""``manage.py check_knowledge``: is everything readers get what somebody approved, and for whom?"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from kb.models import ArticlePage
from kb.services.checks import problems


class Command(BaseCommand):
    """Looks, names what is wrong, changes nothing."""

    help = "Check that what is live is what was approved. Exit code 1 if anything is wrong."

    def handle(self, **options) -> None:
        found = 0
        for problem in problems(now=timezone.now()):
            self.stderr.write(problem)
            found += 1
        self.stdout.write(f"{ArticlePage.objects.live().count()} live articles, {found} problems")
        if found:
            raise SystemExit(1)
