"""Uploads in a bucket that speaks S3: kept private, and given out under our own address.

Readers never meet the bucket: a link to it would tell its owner who reads what, and a signed one would be
over before the page that is kept. The proxy fetches what is public; documents and prints go through views.
"""

from importlib.util import find_spec
from urllib.parse import quote, urlsplit

from django.conf import settings

NEEDED = ("S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY")
NAMES = (*NEEDED, "S3_ENDPOINT_URL", "S3_REGION")


def options(env, problems):
    """Return the options of `Bucket` as the environment has them, {} when no S3_* is set.

    What is missing or wrong joins `problems`, in words; then the result is {} as well.
    """
    given = {name: env(name, default="").strip() for name in NAMES}
    if not any(given.values()):
        return {}
    found = [
        f"{name} is missing: uploads go to a bucket once any S3_* is set"
        for name in NEEDED
        if not given[name]
    ]
    endpoint = urlsplit(given["S3_ENDPOINT_URL"])
    if not given["S3_ENDPOINT_URL"] and not given["S3_REGION"]:
        found.append("S3_ENDPOINT_URL or S3_REGION is missing: one of them says where the bucket is")
    if given["S3_ENDPOINT_URL"] and (endpoint.scheme not in ("http", "https") or not endpoint.netloc):
        found.append("S3_ENDPOINT_URL must be an address such as https://s3.example.org")
    if "/" in given["S3_BUCKET"]:
        found.append("S3_BUCKET must be the bucket's name alone")
    if not (find_spec("storages") and find_spec("boto3")):
        found.append("S3_BUCKET needs a package: pip install django-storages[s3]")
    problems += found
    if found:
        return {}
    return {
        "bucket_name": given["S3_BUCKET"],
        "access_key": given["S3_ACCESS_KEY"],
        "secret_key": given["S3_SECRET_KEY"],
        "endpoint_url": given["S3_ENDPOINT_URL"] or None,
        "region_name": given["S3_REGION"] or None,
        # By default a file of the same name would replace another.
        "file_overwrite": False,
        # The bucket's own rule holds, and that is: private.
        "default_acl": None,
        "signature_version": "s3v4",
        "addressing_style": "path" if given["S3_ENDPOINT_URL"] else None,
    }


def address(name):
    """Return where readers get the stored file `name`: below MEDIA_URL, at our own door."""
    return settings.MEDIA_URL + quote(name.replace("\\", "/").lstrip("/"))


def __getattr__(name):
    """Make `Bucket` when it is asked for: the library behind it is there only where a bucket is."""
    if name != "Bucket":
        raise AttributeError(name)
    from django.utils.deconstruct import deconstructible
    from storages.backends.s3 import S3Storage

    @deconstructible(path="outreach_site.bucket.Bucket")
    class Bucket(S3Storage):
        def url(self, name, parameters=None, expire=None, http_method=None):
            return address(name)

    globals()["Bucket"] = Bucket
    return Bucket
