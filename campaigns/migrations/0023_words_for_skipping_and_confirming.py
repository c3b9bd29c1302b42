from django.db import migrations

WORDS = [
    ("bỏ qua", "boqua", "skip", "vi", False),
    ("bỏ", "bo", "skip", "vi", True),
    ("qua", "qua", "skip", "vi", True),
    ("skip", "skip", "skip", "en", False),
    ("pass", "pass", "skip", "en", True),
    ("có", "co", "confirm", "vi", True),
    ("đồng ý", "dongy", "confirm", "vi", False),
    ("xác nhận", "xacnhan", "confirm", "vi", False),
    ("yes", "yes", "confirm", "en", True),
    ("confirm", "confirm", "confirm", "en", False),
    ("agree", "agree", "confirm", "en", False),
]


def add(apps, schema_editor):
    """Sites that keep their words already get the new ones; all others begin with the whole list."""
    words = apps.get_model("campaigns", "CommandWord").objects
    taken = set(apps.get_model("campaigns", "CampaignPage").objects.values_list("keyword_folded", flat=True))
    if not words.exists():
        return
    for word, squashed, asks_for, language, alone in WORDS:
        if squashed not in taken:
            facts = {"word": word, "asks_for": asks_for, "language": language, "alone": alone}
            words.get_or_create(squashed=squashed, defaults=facts)


def remove(apps, schema_editor):
    apps.get_model("campaigns", "CommandWord").objects.filter(asks_for__in=["skip", "confirm"]).delete()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0022_conversation")]

    operations = [migrations.RunPython(add, remove)]
