"""Security headers. The admin gets Wagtail's; the public pages get the strictest that work."""

from django.conf import settings

PUBLIC_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "manifest-src 'self'",
    ]
)
# Wagtail's admin and its userbar carry inline scripts and styles.
STAFF_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; frame-src 'self'; frame-ancestors 'self'; "
    "base-uri 'self'; form-action 'self'"
)


class SecurityHeaders:
    """Say on every answer what a page may load and do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for_staff = request.path_info.startswith("/admin/") or settings.SESSION_COOKIE_NAME in request.COOKIES
        response.headers.setdefault("Content-Security-Policy", STAFF_POLICY if for_staff else PUBLIC_POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
        return response
