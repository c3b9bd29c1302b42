"""Test data: one factory a model, with the least that makes it valid."""

from datetime import date, timedelta

import factory
import wagtail_factories
from django.utils import timezone
from wagtail.models import Locale, Site
from wagtail.users.models import UserProfile

from campaigns.materials.library import MaterialIndexPage
from campaigns.materials.models import MaterialFile, MaterialPage
from campaigns.pages.models import CampaignPage
from events.pages.models import EventPage
from outreach_site.areas.models import Area, AreaEdition
from outreach_site.consent.models import ConsentRecord
from outreach_site.hotline.models import Hotline
from outreach_site.pages.files import Picture, Recording, SiteDocument
from outreach_site.pages.models import ArticlePage, PlainPage
from outreach_site.staff.models import User
from outreach_site.text import fold, sort_key
from tests import samples


def home():
    """The site's home page, as every new database has it."""
    return Site.objects.get(is_default_site=True).root_page.specific


class PageFactory(wagtail_factories.PageFactory):
    parent = factory.LazyFunction(home)
    live = True

    class Meta:
        abstract = True


class PlainPageFactory(PageFactory):
    title = factory.Sequence("Trang {}".format)

    class Meta:
        model = PlainPage


class ArticlePageFactory(PageFactory):
    title = factory.Sequence("Bài {}".format)
    introduction = "Chợ phiên họp vào sáng Chủ nhật."

    class Meta:
        model = ArticlePage


class CampaignPageFactory(PageFactory):
    title = factory.Sequence("Chiến dịch {}".format)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))

    class Meta:
        model = CampaignPage


class MaterialPageFactory(PageFactory):
    title = factory.Sequence("Tờ rơi {}".format)

    class Meta:
        model = MaterialPage


class MaterialIndexPageFactory(PageFactory):
    title = factory.Sequence("Tài liệu {}".format)

    class Meta:
        model = MaterialIndexPage


class DocumentFactory(factory.django.DjangoModelFactory):
    """A PDF of one page."""

    title = "Tờ rơi để in"
    file = factory.django.FileField(filename="to-roi.pdf", data=samples.pdf())

    class Meta:
        model = SiteDocument


class RecordingFactory(factory.django.DjangoModelFactory):
    title = "Nghe đọc tờ rơi"
    type = "audio"
    file = factory.django.FileField(filename="loi.mp3", data=samples.mp3())

    class Meta:
        model = Recording


class MaterialFileFactory(factory.django.DjangoModelFactory):
    """A PDF, unless told to hold something else."""

    material = factory.SubFactory(MaterialPageFactory)
    document = factory.Maybe("other", None, factory.SubFactory(DocumentFactory))

    class Meta:
        model = MaterialFile

    class Params:
        other = factory.LazyAttribute(lambda file: file.recording or file.picture)

    recording = picture = None


class EventPageFactory(PageFactory):
    title = factory.Sequence("Hội thảo {}".format)
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.SelfAttribute("starts_on")

    class Meta:
        model = EventPage


class EditionFactory(factory.django.DjangoModelFactory):
    code = "2025"
    country = "VN"
    name = {"vi": "Từ 7/2025", "en": "Since 7/2025"}
    valid_from = date(2025, 7, 1)

    class Meta:
        model = AreaEdition
        django_get_or_create = ("code",)


class AreaFactory(factory.django.DjangoModelFactory):
    """A province unless a parent is given; `place`, `path` and the rest follow as the loader writes them."""

    edition = factory.SubFactory(EditionFactory)
    level = factory.LazyAttribute(lambda area: area.parent.level + 1 if area.parent else 1)
    code = factory.Sequence("{:05d}".format)
    type = "xã"
    name = factory.Sequence("Nơi {}".format)
    full_name = factory.LazyAttribute(lambda area: f"{area.type.capitalize()} {area.name}")
    parent = None
    place = factory.LazyAttribute(
        lambda area: f"{area.full_name}, {area.parent.place}" if area.parent else area.full_name
    )
    path = factory.LazyAttribute(
        lambda area: f"{area.parent.path if area.parent else area.edition.code + '/'}{area.code}/"
    )
    name_folded = factory.LazyAttribute(lambda area: fold(area.name))
    sort_key = factory.LazyAttribute(lambda area: sort_key(area.name))
    search_text = factory.LazyAttribute(lambda area: f" {fold(area.full_name)}")

    class Meta:
        model = Area


class HotlineFactory(factory.django.DjangoModelFactory):
    number = "111"
    name = {"vi": "Tổng đài quốc gia", "en": "National line"}
    tariff = Hotline.Tariff.FREE
    all_hours = True
    is_main = True
    source = "tests"
    last_checked = factory.LazyFunction(timezone.localdate)

    class Meta:
        model = Hotline


class PictureFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = Picture


class ConsentRecordFactory(factory.django.DjangoModelFactory):
    reference = factory.Sequence("HG-2026-{:03d}".format)

    class Meta:
        model = ConsentRecord


class UserFactory(factory.django.DjangoModelFactory):
    username = factory.Sequence("staff{}".format)

    class Meta:
        model = User


def translated(page, code, **texts):
    """Return a live translation of `page` into language `code`; its parents are translated as needed."""
    locale, _new = Locale.objects.get_or_create(language_code=code)
    copy = page.specific.copy_for_translation(locale, copy_parents=True)
    for ancestor in copy.get_ancestors().filter(depth__gt=1, live=False):
        ancestor.specific.save_revision().publish()
    copy = copy.specific
    for name, text in texts.items():
        setattr(copy, name, text)
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


def reads_english(user):
    """Give `user` the admin in English, and return her."""
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()
    return user
