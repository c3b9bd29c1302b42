"""QR codes for print: a quarter of the code may be dirty or torn, and four modules around it stay white."""

import io

import segno

QUIET_ZONE = 4


def _code(address):
    # Level Q: posters hang outdoors. The encoder may go higher where that costs no module.
    return segno.make(address, error="q", micro=False)


def svg(address):
    """Return the QR code of `address` as an SVG document that scales to the box it is put into."""
    out = io.BytesIO()
    _code(address).save(out, kind="svg", border=QUIET_ZONE, light="white", omitsize=True, xmldecl=True)
    return out.getvalue()


def png(address, module=20):
    """Return the QR code of `address` as PNG; a module is `module` pixels wide."""
    out = io.BytesIO()
    _code(address).save(out, kind="png", border=QUIET_ZONE, scale=module, light="white")
    return out.getvalue()
