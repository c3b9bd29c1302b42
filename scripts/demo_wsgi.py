"""The site as production runs it, with its uploads, which there a web server gives out."""

from django.conf import settings
from whitenoise import WhiteNoise

from outreach_site.wsgi import application as site

application = WhiteNoise(site, root=settings.MEDIA_ROOT, prefix=settings.MEDIA_URL, max_age=3600)
