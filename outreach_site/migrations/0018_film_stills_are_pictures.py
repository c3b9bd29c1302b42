import os

import django.db.models.deletion
from django.db import migrations, models
from PIL import Image


def make_pictures(apps, schema_editor):
    """Make a picture of each still. Nobody knows who is on it, so it is not shown until somebody says."""
    Recording = apps.get_model("outreach_site", "Recording")
    Picture = apps.get_model("outreach_site", "Picture")
    for recording in Recording.objects.exclude(thumbnail=""):
        storage, name = recording.thumbnail.storage, recording.thumbnail.name
        if not storage.exists(name):
            continue
        try:
            with storage.open(name) as file, Image.open(file) as opened:
                width, height = opened.size
        except (OSError, SyntaxError, Image.DecompressionBombError):
            continue
        with storage.open(name) as file:
            kept = storage.save(f"original_images/{os.path.basename(name)}", file)
        picture = Picture.objects.create(
            title=recording.title,
            file=kept,
            width=width,
            height=height,
            collection_id=recording.collection_id,
            shows_people=True,
        )
        Recording.objects.filter(pk=recording.pk).update(still=picture)
        storage.delete(name)


class Migration(migrations.Migration):
    dependencies = [
        ("outreach_site", "0017_links_and_where_they_stand"),
    ]

    operations = [
        migrations.AddField(
            model_name="recording",
            name="still",
            field=models.ForeignKey(
                blank=True,
                help_text="For films: the picture that stands there until somebody plays it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="outreach_site.picture",
                verbose_name="still",
            ),
        ),
        migrations.RunPython(make_pictures, migrations.RunPython.noop),
        migrations.RemoveField(model_name="recording", name="thumbnail"),
    ]
