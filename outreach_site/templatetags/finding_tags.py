"""What the head of a page tells those who find and share it."""

from django import template

from outreach_site.feeds import schema
from outreach_site.feeds.addresses import absolute, default_version, path_of
from outreach_site.feeds.sharing import share_rendition

register = template.Library()


@register.inclusion_tag("outreach_site/parts/finding.html", takes_context=True)
def finding(context, page):
    """Its address, its versions, its feeds, its picture, and what it is; nothing for a page not stored yet."""
    if not page.pk:
        return {}
    request = context.get("request")
    code = page.locale.language_code
    versions = {one.locale.language_code: absolute(path_of(one, request)) for one in page.versions}
    address = absolute(path_of(page, request))
    if versions:
        is_home = absolute(f"/{code}/") == address
        versions["x-default"] = absolute("/") if is_home else versions[default_version(versions)]
    picture = page.share_picture()
    rendition = share_rendition(picture)
    return {
        "page": page,
        "address": address,
        "code": code,
        "versions": versions,
        "rendition": rendition,
        "picture_address": absolute(rendition.url) if rendition else "",
        "picture": picture,
        "summary": page.search_description or page.introduction,
        "script": schema.script(page.schema() | _image(rendition)),
    }


def _image(rendition):
    return {"image": absolute(rendition.url)} if rendition else {}
