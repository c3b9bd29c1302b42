"""Screens for accounts: whoever makes accounts cannot make, change or take over one with every right."""

from django.core.exceptions import PermissionDenied
from wagtail.users.views import users

from outreach_site.editing.records import KeepsNewer


def without_every_right(form, user):
    """Take the switch "every right" off `form` unless `user` has every right herself."""
    if not user.is_superuser:
        form.fields.pop("is_superuser", None)
    return form


class AddAccount(users.CreateView):
    def get_form(self, form_class=None):
        return without_every_right(super().get_form(form_class), self.request.user)


class EditAccount(KeepsNewer, users.EditView):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            # A new password or address would be a way into that account.
            raise PermissionDenied

    def get_form(self, form_class=None):
        return without_every_right(super().get_form(form_class), self.request.user)


class AccountViewSet(users.UserViewSet):
    add_view_class = AddAccount
    edit_view_class = EditAccount
