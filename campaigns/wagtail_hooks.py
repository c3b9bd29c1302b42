"""What campaigns add to the admin."""

from campaigns.reach import admin as reach_admin

__all__ = ["reach_admin"]
