"""What our pages add to the admin's own look and behaviour."""

from django.templatetags.static import static
from django.utils.html import format_html


def admin_head():
    """Style sheet and script of every admin page."""
    return format_html('<link rel="stylesheet" href="{}">', static("outreach_site/css/admin.css"))


def admin_script():
    return format_html('<script type="module" src="{}"></script>', static("outreach_site/js/admin-slug.js"))
