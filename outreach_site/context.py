"""What every template knows."""

from django.conf import settings
from django.utils import translation

from outreach_site import languages


def site(request):
    """Return what the frame of a page needs.

    language       the reader's `Language`
    text_language  code of the language that the page's text is in, unless the page says otherwise
    demo           the content is made up
    """
    code = translation.get_language()
    return {
        "language": languages.get(code),
        "text_language": languages.interface_code(code),
        "demo": settings.DEBUG,
    }
