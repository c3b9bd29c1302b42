"""Every site begins with a home page in its first language, and with its languages."""

from django.conf import settings
from django.db import migrations


def make_home(apps, schema_editor):
    ContentType = apps.get_model("contenttypes.ContentType")
    Page = apps.get_model("wagtailcore.Page")
    Site = apps.get_model("wagtailcore.Site")
    Locale = apps.get_model("wagtailcore.Locale")
    HomePage = apps.get_model("outreach_site.HomePage")

    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    if Page.objects.filter(depth__gt=2).exists() or HomePage.objects.exists():
        return
    Site.objects.all().delete()
    # Wagtail's own "Welcome" page is the only one below the root of a new database.
    Page.objects.filter(depth=2, slug="home").delete()
    content_type, _is_new = ContentType.objects.get_or_create(model="homepage", app_label="outreach_site")
    root = Page.objects.get(depth=1)
    home = HomePage.objects.create(
        title="Loa",
        draft_title="Loa",
        slug="home",
        content_type=content_type,
        path=f"{root.path}0001",
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=Locale.objects.get(language_code=settings.LANGUAGE_CODE),
        live=True,
    )
    root.numchild = Page.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])
    Site.objects.create(hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True, site_name="Loa")


def remove_home(apps, schema_editor):
    """The tables go next; nothing to undo that they do not take along, but the site's root must go first."""
    apps.get_model("wagtailcore.Site").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("outreach_site", "0006_pages"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(make_home, remove_home)]
