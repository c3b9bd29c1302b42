import django.db.models.deletion
from django.db import migrations, models


def fill_in(apps, schema_editor):
    """Sign-ups made so far were counted somewhere: that is where they are."""
    sign_ups = apps.get_model("campaigns", "SignUp").objects
    entries = apps.get_model("campaigns", "ReachEntry").objects.filter(source__key__startswith="sign-up/")
    for key, area_id in entries.exclude(area=None).values_list("source__key", "area_id").iterator():
        sign_ups.filter(pk=key.removeprefix("sign-up/")).update(area_id=area_id)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0016_phrases_weigh_and_short_forms"),
        ("outreach_site", "0019_answers_about_data_and_times_to_keep"),
    ]

    operations = [
        migrations.AddField(
            model_name="signup",
            name="area",
            field=models.ForeignKey(
                blank=True,
                help_text="Where she is, as far as she said.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="outreach_site.area",
                verbose_name="area",
            ),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
