"""What printing does when something is saved, deleted or migrated elsewhere."""

from django.db.models.signals import post_delete, post_migrate, pre_delete

from campaigns.printing import jobs, models, scans, stock
from outreach_site.consent.signals import picture_withdrawn


def connect(app):
    """Called once, when the app is ready."""
    for ensure in (scans.ensure_schedules, jobs.ensure_schedules):
        post_migrate.connect(ensure, sender=app)
    post_delete.connect(stock.take_back, sender=models.Distribution)
    pre_delete.connect(models.refuse_to_delete, sender=models.TrackedLink)
    post_delete.connect(models.delete_file, sender=models.PrintJob)
    picture_withdrawn.connect(jobs.remove_made_of)
