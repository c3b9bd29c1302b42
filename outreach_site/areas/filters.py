import django_filters

from outreach_site.areas.forms import AreaField
from outreach_site.areas.models import Area


class AreaFilter(django_filters.Filter):
    """Rows whose area lies wholly in the chosen one, in whichever edition they were recorded.

    For the filter sets of admin listings, where the default is a menu of 14,000 areas.
    """

    field_class = AreaField

    def filter(self, rows, area):
        return rows.filter(**{f"{self.field_name}__in": Area.objects.lying_in(area)}) if area else rows
