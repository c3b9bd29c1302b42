"""Which language a request is in."""

from django.middleware.locale import LocaleMiddleware


class SiteLocale(LocaleMiddleware):
    """Django's, except that "not found" from a view that answers without a language stays what it is.

    Every path is possible below a language, so Django would send a gateway's or a field worker's 404
    to `/vi/…` instead.
    """

    def process_response(self, request, response):
        if response.status_code == 404 and request.resolver_match is not None:
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)
