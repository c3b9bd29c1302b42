"""A Vietnamese page, its Khmer translation, and the people around them."""

from django.contrib.auth.models import Permission
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from outreach_site.staff.roles import ensure_groups
from outreach_site.translation import steps
from outreach_site.translation.models import LanguageTeam
from tests.factories import ArticlePageFactory, UserFactory, home


def locale(code):
    return Locale.objects.get_or_create(language_code=code)[0]


def article(**facts):
    """A published Vietnamese article of three strings: title, introduction, one paragraph with a link."""
    facts.setdefault("title", "Chợ phiên")
    facts.setdefault("slug", "cho-phien")
    facts.setdefault("introduction", "Chợ họp sáng Chủ nhật.")
    text = '<p>Gọi <a href="https://loa.example/giup">đường dây nóng</a> khi cần.</p>'
    page = ArticlePageFactory(body=[("text", text)] if "body" not in facts else facts.pop("body"), **facts)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def into(page, code="km"):
    """Return the Translation of `page` into `code`, just begun."""
    language = locale(code)
    if not home().has_translation(language):
        home().copy_for_translation(language)
    translate_object(page, [language])
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=language)


def text_for(segment, sign="ខ"):
    """A translation of the string with its links in place."""
    return (
        f'{sign} <a id="a1">{sign}{sign}</a>' if 'id="a1"' in segment.string.data else f"{sign} {segment.pk}"
    )


def fill(translation, user=None, kind="manual", leave_out=0):
    """Translate the strings of `translation`, but for the last `leave_out`."""
    segments = list(translation.source.stringsegment_set.select_related("string").order_by("order"))
    for segment in segments[: len(segments) - leave_out]:
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            data=text_for(segment),
            translation_type=kind,
            last_translated_by=user,
        )
    return translation


def segment(translation, path):
    """Return the first string segment at a content path that starts with `path`."""
    return (
        translation.source.stringsegment_set.filter(context__path__startswith=path).order_by("order").first()
    )


def change(translation, path, text):
    """Write `text` as the translation of the string at `path`, as the editor does."""
    found = segment(translation, path)
    string, _new = StringTranslation.objects.get_or_create(
        translation_of=found.string,
        context=found.context,
        locale=translation.target_locale,
        defaults={"data": text, "translation_type": "manual"},
    )
    string.data = text
    string.save()


def english(user):
    """Have the admin speak English with `user`, as these tests do."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    return user


def administrator():
    return english(UserFactory(is_superuser=True))


def staff(role="editor", **facts):
    """Somebody who may edit and publish every page and submit translations: only the rules hold her back."""
    user = english(UserFactory(**facts))
    group = ensure_groups()[role]
    user.groups.add(group)
    root = Page.get_first_root_node()
    for codename in ("change_page", "publish_page", "add_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    user.user_permissions.add(
        Permission.objects.get(codename="submit_translation"),
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"),
    )
    return user


def translator(code="km", **facts):
    user = staff(**facts)
    LanguageTeam.objects.get_or_create(locale=locale(code))[0].translators.add(user)
    return user


def reviewer(code="km", **facts):
    user = staff(**facts)
    LanguageTeam.objects.get_or_create(locale=locale(code))[0].reviewers.add(user)
    return user


def approved(page=None, code="km"):
    """Return a complete translation that a reviewer approved."""
    translation = fill(into(page or article(), code))
    steps.approve(translation, reviewer(code))
    return translation


def said(response):
    """Return the messages that a page after `response` shows."""
    from django.contrib.messages import get_messages

    return [str(message) for message in get_messages(response.wsgi_request)]
