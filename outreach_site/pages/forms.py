from django.core.exceptions import ValidationError
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """Refuses a picture of absurd size by its header, and says so instead of breaking."""

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


class PictureForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        given = self.fields["file"]
        self.fields["file"] = PictureField(
            label=given.label, required=given.required, widget=given.widget, help_text=given.help_text
        )
