"""What other packages hear when a picture has to leave the site."""

from django.dispatch import Signal

# Sent with `picture`. Whoever made files out of it (posters, cards) deletes them and returns the list
# of their paths; what is returned stands in the report. Sent again when a first attempt failed half-way.
picture_withdrawn = Signal()
