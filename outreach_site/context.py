"""What every template knows."""

from django.utils import translation

from outreach_site import languages


def site(request):
    """`language`: the reader's; `text_language`: the one the page's text is in, unless the page says."""
    code = translation.get_language()
    own = languages.interface_code(code)
    return {"language": languages.get(code), "text_language": own, "own_language": own}
