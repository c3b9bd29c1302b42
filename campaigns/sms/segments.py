"""How a text travels: in the phones' own 7-bit alphabet (GSM 03.38) or as UCS-2, and in how many parts."""

GSM = "gsm"
UCS2 = "ucs2"

# GSM 03.38: one septet each; the second row takes two (an escape and the character).
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")

# A text of several parts gives up six octets of each part to say how they belong together.
SEPTETS_ALONE, SEPTETS_IN_PART = 160, 153
UNITS_ALONE, UNITS_IN_PART = 70, 67
# Gateways cut longer texts without a word.
MOST_PARTS = 8


def measure(text):
    """Return the coding of `text` (`GSM` or `UCS2`) and its number of parts; an empty text is one part."""
    if all(char in BASIC or char in EXTENSION for char in text):
        sizes = [2 if char in EXTENSION else 1 for char in text]
        return GSM, _parts(sizes, SEPTETS_ALONE, SEPTETS_IN_PART)
    # Characters beyond U+FFFF are two UTF-16 code units.
    sizes = [2 if ord(char) > 0xFFFF else 1 for char in text]
    return UCS2, _parts(sizes, UNITS_ALONE, UNITS_IN_PART)


def _parts(sizes, alone, in_part):
    """Return into how many parts characters of these `sizes` go when none of them is split."""
    if sum(sizes) <= alone:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > in_part:
            parts, used = parts + 1, 0
        used += size
    return parts
