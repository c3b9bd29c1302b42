from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who works on the site. Our own from the start: swapping it later is painful."""

    class Meta:
        verbose_name = _("staff account")
        verbose_name_plural = _("staff accounts")
