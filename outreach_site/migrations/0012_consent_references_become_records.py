from django.db import migrations


def to_records(apps, schema_editor):
    """Each reference that stood with a picture becomes a record, good for the site as before."""
    Picture = apps.get_model("outreach_site", "Picture")
    ConsentRecord = apps.get_model("outreach_site", "ConsentRecord")
    for picture in Picture.objects.exclude(consent_reference="").order_by("created_at"):
        record, _new = ConsentRecord.objects.get_or_create(
            reference=picture.consent_reference.strip() or "?",
            defaults={"valid_from": picture.created_at.date(), "for_web": True},
        )
        Picture.objects.filter(pk=picture.pk).update(consent=record)


def to_references(apps, schema_editor):
    Picture = apps.get_model("outreach_site", "Picture")
    for picture in Picture.objects.exclude(consent=None).select_related("consent"):
        Picture.objects.filter(pk=picture.pk).update(consent_reference=picture.consent.reference)


class Migration(migrations.Migration):

    dependencies = [("outreach_site", "0011_consent_records_and_removals")]

    operations = [migrations.RunPython(to_records, to_references)]
