"""What can be found follows what readers may see, in the same transaction."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from outreach_site.hotline.models import Need, Organisation
from outreach_site.pages.files import Recording
from outreach_site.search import engine
from outreach_site.search.models import SearchEntry, SearchWord
from outreach_site.search.words import units
from tests.factories import (
    ArticlePageFactory,
    CampaignPageFactory,
    EventPageFactory,
    HotlineFactory,
    MaterialPageFactory,
    PlainPageFactory,
    home,
    translated,
)

pytestmark = pytest.mark.django_db


def publish(page):
    page.save_revision().publish()
    return page


def subjects(text):
    """Return (kind, language) of everything found for `text`."""
    wanted = [[one] for one in units(text)]
    return [(one.kind, one.language) for one in engine.find(wanted, language="vi")]


def test_a_published_page_is_found_and_an_unpublished_one_is_not():
    page = publish(ArticlePageFactory(title="Đi chợ phiên", live=False))
    assert subjects("cho phien") == [("article", "vi")]

    page.title = "Ruộng bậc thang"
    publish(page)
    page.refresh_from_db()
    assert (subjects("ruong bac thang"), subjects("di cho")) == ([("article", "vi")], [])

    page.unpublish()
    assert subjects("ruong bac thang") == []


def test_a_draft_is_not_found():
    page = ArticlePageFactory(title="Bản nháp", live=False)
    page.save_revision()

    assert subjects("ban nhap") == []


def test_a_change_that_is_only_a_draft_is_not_found():
    page = publish(ArticlePageFactory(title="Chợ sớm"))
    page.title = "Chợ muộn"
    page.save_revision()

    assert (subjects("cho som"), subjects("cho muon")) == ([("article", "vi")], [])


def test_a_deleted_page_is_not_found():
    shelf = publish(PlainPageFactory(title="Kệ sách"))
    publish(ArticlePageFactory(parent=shelf, title="Sách cũ"))

    shelf.get_parent()
    shelf.delete()

    assert (subjects("sach"), SearchEntry.objects.filter(kind="article").count()) == ([], 0)


@pytest.mark.parametrize("step", ["before", "after"])
def test_a_page_below_a_private_one_is_not_found(step):
    shelf = publish(PlainPageFactory(title="Nội bộ"))
    restrict = lambda: PageViewRestriction.objects.create(page=shelf, restriction_type="login")  # noqa: E731
    restriction = restrict() if step == "before" else None
    publish(ArticlePageFactory(parent=shelf, title="Lịch trực"))
    restriction = restriction or restrict()
    assert subjects("lich truc") == subjects("noi bo") == []

    restriction.delete()

    assert subjects("lich truc") == [("article", "vi")]


def test_a_page_moved_below_a_private_one_is_not_found_any_more():
    shelf = publish(PlainPageFactory(title="Nội bộ"))
    PageViewRestriction.objects.create(page=shelf, restriction_type="login")
    page = publish(ArticlePageFactory(title="Lịch trực"))
    assert subjects("lich truc") == [("article", "vi")]

    page.move(shelf, pos="last-child")
    assert subjects("lich truc") == []

    page.refresh_from_db()
    page.move(home(), pos="last-child")
    assert subjects("lich truc") == [("article", "vi")]


def test_every_type_of_page_is_found_by_its_own_words():
    publish(home())
    publish(CampaignPageFactory(title="Mùa nước", audience="Phụ nữ đi làm xa", keyword="NUOC"))
    publish(EventPageFactory(title="Tập huấn", place="Nhà văn hóa thôn", organisers="Hội Phụ nữ xã"))
    publish(MaterialPageFactory(title="Tờ gấp", body=[("text", "<p>Đừng đưa hộ chiếu cho người lạ</p>")]))

    assert subjects("phu nu di lam xa") == [("campaign", "vi")]
    assert subjects("nha van hoa thon") == subjects("hoi phu nu xa") == [("event", "vi")]
    assert subjects("ho chieu") == [("material", "vi")]


def test_a_transcript_is_found_and_a_new_one_too():
    recording = Recording.objects.create(
        title="Thông điệp",
        type="audio",
        duration=30,
        file=ContentFile(b"ID3 sound", "spot.mp3"),
        transcript="Đừng đi một mình",
    )
    page = ArticlePageFactory(title="Nghe", body=[("recording", {"recording": recording})])
    publish(page)
    assert subjects("di mot minh") == [("article", "vi")]

    recording.transcript = "Hãy gọi trước khi đi"
    recording.save()

    assert (subjects("di mot minh"), subjects("goi truoc khi di")) == ([], [("article", "vi")])


def test_each_language_has_its_own_entry():
    page = publish(ArticlePageFactory(title="Đi chợ", slug="di-cho"))
    english = translated(page, "en", title="To market")

    assert (subjects("di cho"), subjects("market")) == ([("article", "vi")], [("article", "en")])

    english.unpublish()
    assert subjects("market") == []


def test_a_number_is_found_however_it_is_typed():
    HotlineFactory(number="1900 96 96 80", name={"vi": "Ngôi nhà Bình yên"}, is_main=False)

    assert subjects("1900 96 96 80") == subjects("1900969680") == subjects("binh yen") == [("help", "vi")]


def test_the_address_of_a_shelter_is_never_found():
    organisation = Organisation.objects.create(
        name={"vi": "Nhà tạm lánh"}, address="12 Phố Bí Mật", address_rule=Organisation.AddressRule.NEVER
    )
    assert (subjects("nha tam lanh"), subjects("bi mat")) == ([("help", "vi")], [])

    organisation.address_rule = Organisation.AddressRule.ASK
    organisation.save()
    assert subjects("bi mat") == []

    organisation.address_rule = Organisation.AddressRule.PUBLIC
    organisation.save()
    assert subjects("bi mat") == [("help", "vi")]
    assert not SearchEntry.objects.filter(text__contains="Phố").exclude(kind="help").exists()


def test_an_organisation_is_found_by_its_numbers_and_its_needs():
    need = Need.objects.create(name={"vi": "Bạo lực gia đình"})
    organisation = Organisation.objects.create(name={"vi": "Nơi lắng nghe"})
    organisation.needs.add(need)
    hotline = HotlineFactory(number="113", organisation=organisation, is_main=False)

    found = SearchEntry.objects.filter(text__contains="Bạo lực").values_list("subject", flat=True)
    assert list(found) == [f"hotline:{hotline.pk}"]

    hotline.delete()
    assert list(SearchEntry.objects.values_list("subject", flat=True)) == [f"organisation:{organisation.pk}"]

    organisation.delete()
    assert not SearchEntry.objects.exists()


def test_a_number_that_moves_to_another_organisation_takes_its_words_along():
    before = Organisation.objects.create(name={"vi": "Nơi lắng nghe"})
    after = Organisation.objects.create(name={"vi": "Nhà mở"})
    hotline = HotlineFactory(number="113", organisation=before, is_main=False)
    assert not SearchEntry.objects.filter(subject=f"organisation:{before.pk}").exists()

    hotline.organisation = after
    hotline.save()

    alone = SearchEntry.objects.filter(subject__startswith="organisation:")
    assert list(alone.values_list("subject", flat=True)) == [f"organisation:{before.pk}"]


def test_rebuilding_brings_back_what_is_missing_and_takes_out_what_is_stale(capsys):
    publish(ArticlePageFactory(title="Đi chợ"))
    publish(ArticlePageFactory(title="Ra đồng"))
    HotlineFactory()
    before = set(SearchEntry.objects.values_list("subject", "language", "title_words", "text_words"))
    SearchEntry.objects.filter(title="Đi chợ").delete()
    SearchWord.objects.all().delete()
    SearchEntry.objects.create(kind="article", subject="page:gone", language="vi", title="x", title_words="x")

    call_command("rebuild_search")
    first = capsys.readouterr().out
    call_command("rebuild_search")

    # The home page, which no signal told of, is there now as well.
    assert first == "5 entries; 2 were missing, 1 were stale.\n"
    assert capsys.readouterr().out == "5 entries; 0 were missing, 0 were stale.\n"
    assert before <= set(SearchEntry.objects.values_list("subject", "language", "title_words", "text_words"))
    assert SearchWord.objects.filter(word="dong").exists()
    assert subjects("di cho") == [("article", "vi")]
