"""What our pages add to the admin's own look and behaviour."""

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join


def admin_head():
    """Style sheet of every admin page."""
    return format_html('<link rel="stylesheet" href="{}">', static("outreach_site/css/admin.css"))


def admin_script():
    return format_html_join(
        "",
        '<script type="module" src="{}"></script>',
        ((static(f"outreach_site/js/{name}.js"),) for name in ("admin-slug", "admin-names")),
    )
