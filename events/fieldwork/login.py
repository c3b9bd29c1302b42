"""Signing in: whoever has no business in the admin goes to the field pages."""

from django.urls import reverse
from wagtail.admin.views.account import LoginView


class StaffLogin(LoginView):
    """Wagtail's, except that a field worker is not turned away at the admin's door."""

    def get_success_url(self):
        if not self.request.user.has_perm("wagtailadmin.access_admin"):
            return self.get_redirect_url() or reverse("fieldwork")
        return super().get_success_url()
