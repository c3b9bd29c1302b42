"""The forms of uploads, as the admin shows them at every door."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.widgets import AdminImageChooser
from wagtailmedia.forms import BaseMediaForm
from wagtailmedia.models import MediaType

# A drawing in SVG begins like this, after a declaration, a document type and remarks.
LOOKED_AT = 4096


class PictureField(WagtailImageField):
    """Refuses a picture of absurd size by its header, and a drawing in SVG, and says so instead of breaking."""

    def to_python(self, data):
        if data and _is_svg(data):
            # It may hold programs, which would run under our own address.
            raise ValidationError(
                _(
                    "Drawings in SVG are not taken, because they can hold programs. Save it as PNG and try once more."
                ),
                code="svg",
            )
        return super().to_python(data)

    def check_image_pixel_size(self, f):
        try:
            super().check_image_pixel_size(f)
        except Image.DecompressionBombError:
            # More pixels than even the image library will open; its limit counts as the number.
            pixels = {
                "num_pixels": f"> {2 * Image.MAX_IMAGE_PIXELS}",
                "max_pixels_count": self.max_image_pixels,
            }
            raise ValidationError(self.error_messages["file_too_many_pixels"] % pixels) from None


def _is_svg(upload):
    """Return whether an upload is a drawing in SVG by its name, by what it is sent as, or by what is in it."""
    if upload.name.lower().endswith((".svg", ".svgz")) or (
        getattr(upload, "content_type", "") or ""
    ).startswith("image/svg"):
        return True
    upload.seek(0)
    start = upload.read(LOOKED_AT)
    upload.seek(0)
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in start.lower()


class PictureForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        given = self.fields["file"]
        self.fields["file"] = PictureField(
            label=given.label, required=given.required, widget=given.widget, help_text=given.help_text
        )


class RecordingForm(BaseMediaForm):
    """A film has a still, chosen from the pictures; sound has none."""

    class Meta(BaseMediaForm.Meta):
        widgets = {**BaseMediaForm.Meta.widgets, "still": AdminImageChooser}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Where a recording is chosen for a page, one chooser would have to open inside of another.
        in_chooser = self.prefix == "media-chooser-upload"
        if "still" in self.fields and (in_chooser or self.instance.type == MediaType.AUDIO):
            del self.fields["still"]
