from django import forms


class AreaField(forms.Field):
    """Placeholder until the chooser stands."""
