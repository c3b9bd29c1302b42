from wagtail.users.apps import WagtailUsersAppConfig


class StaffAccounts(WagtailUsersAppConfig):
    """Wagtail's screens for accounts and groups, except that ours let nobody rise above herself."""

    user_viewset = "outreach_site.staff.accounts.AccountViewSet"
