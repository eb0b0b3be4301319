"""Who can sign in. The person of record is the employee."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.models import CasefoldedKeyModel


class UserManager(BaseUserManager["User"]):
    """Finds users by e-mail whatever its case, and creates them."""

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email_key=User.key_of(email))

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A user who signs in with ``email``; without a password, by password reset only."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """A user who may do everything."""
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class User(CasefoldedKeyModel, AbstractBaseUser, PermissionsMixin):
    """A login: an e-mail address and what it may do."""

    casefold_source = "email"
    casefold_key = "email_key"

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    email_key = models.CharField(max_length=254, unique=True, editable=False)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """First and last name, or the address of somebody without a name."""
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def get_short_name(self) -> str:
        """The first name, or the address."""
        return self.first_name or self.email
