"""Phone numbers: one spelling, sealed at rest, found by keyed hash, shown masked."""

import hashlib
import hmac
import re

import phonenumbers
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def normalise(raw):
    """Return `raw` in E.164 ("+84912345678"), or "" when it is not a person's number.

    Numbers without a country code are read in `settings.PHONE_REGION`. Short codes ("8088") and
    sender names ("VIETTEL") give "": they are never answered. A number only has to be possible,
    not of a range that the library knows: new ranges come faster than its releases.
    """
    compact = re.sub(r"[\s().\-\u00a0]", "", raw or "")
    if compact.startswith("00"):
        compact = f"+{compact[2:]}"
    if not re.fullmatch(r"\+?\d{8,15}", compact):
        return ""
    region = settings.PHONE_REGION
    country_code = str(phonenumbers.country_code_for_region(region))
    candidates = [compact]
    # Gateways send "84912345678" without a plus.
    if not compact.startswith(("+", "0")):
        candidates = [f"+{compact}"] if compact.startswith(country_code) else [compact, f"+{compact}"]
    for candidate in candidates:
        try:
            number = phonenumbers.parse(candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return ""


def _box():
    return MultiFernet([Fernet(key) for key in settings.PHONE_KEYS])


def seal(phone):
    """Return `phone` (E.164) encrypted with the newest of PHONE_KEYS, as text."""
    return _box().encrypt(phone.encode()).decode()


def unseal(sealed):
    """Return the number that `sealed` hides. Raises ValueError when none of PHONE_KEYS opens it."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ValueError("None of PHONE_KEYS opens this number; was a key removed too early?") from error


def index(phone):
    """Return the keyed hash (64 hex digits) by which `phone` (E.164) is found without being read."""
    return hmac.new(settings.PHONE_INDEX_KEY.encode(), phone.encode(), hashlib.sha256).hexdigest()


def mask(phone):
    """Return `phone` with its middle hidden: "+84912345678" → "+84 9•• ••• •78"."""
    if len(phone) < 8:
        return "•••"
    return f"{phone[:3]} {phone[3]}•• ••• •{phone[-2:]}"
