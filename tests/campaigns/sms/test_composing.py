"""What a writer is told about a text before anybody gets it."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.pages.models import TEXTS as CAMPAIGN_TEXTS
from campaigns.pages.models import CampaignPage
from campaigns.sms import composing
from campaigns.sms.discretion import DiscreetWord
from campaigns.sms.models import Gateway
from tests.campaigns.sms.desk.conftest import client_of
from tests.factories import CampaignPageFactory, translated

pytestmark = pytest.mark.django_db
LONG = "Chào bạn, bạn đã có tên trong danh sách. Mỗi tuần một tin ngắn. Muốn dừng, nhắn HUY."


@pytest.fixture
def editor(db):
    return client_of("coordinator", username="hanh")


# row: cost
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("gsm", 1, 0, 1)),
        ("a" * 160, ("gsm", 1, 160, 1)),
        ("a" * 161, ("gsm", 2, 161, 2)),
        # One accented letter takes a text of 160 characters from one part to three.
        ("a" * 159 + "ạ", ("ucs2", 3, 160, 1)),
        ("đ" * 71, ("ucs2", 2, 71, 1)),
        ("“Gọi 111”", ("ucs2", 1, 9, 1)),
        ("Chào 🌾", ("ucs2", 1, 6, 1)),
    ],
)
def test_parts_are_counted_with_and_without_accents(text, expected):
    found = composing.measure(text)

    assert (found.coding, found.parts, found.characters, found.plain_parts) == expected


def test_without_accents_is_what_people_type():
    assert composing.without_accents("Đăng ký “Hà Giang” – ưu tiên…") == 'Dang ky "Ha Giang" - uu tien...'


def post(client, page, accept="text/html", **texts):
    """Save the campaign as the editor's form does."""
    data = {
        **{"title": page.title, "slug": page.slug, "starts_on": "1/3/2026", "ends_on": "31/3/2026"},
        **{"introduction": "", "audience": "", "objectives": "", "keyword": ""},
        **{"body": streamfield([]), "aims": inline_formset([]), "partners": inline_formset([])},
        **{"targets": inline_formset([]), "comments": inline_formset([])},
    }
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, nested_form_data(data | texts), headers={"accept": accept})


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def draft_of(page):
    return CampaignPage.objects.get(pk=page.pk).get_latest_revision_as_object()


# row: cost
def test_the_editor_shows_parts_and_cost_of_each_text(editor):
    Gateway.objects.update(cost_per_part=0)
    Gateway.objects.update_or_create(
        slug="kannel", defaults={"kind": "kannel", "short_code": "8088", "cost_per_part": 350}
    )
    page = CampaignPageFactory(welcome=LONG)

    form = BeautifulSoup(
        editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content, "html.parser"
    )

    line = form.select_one("[name=welcome]").parent.select_one("[data-sms-count]")
    shown = {name: line.select_one(f"[data-{name}]").get_text() for name in ("parts", "cost", "plain")}
    assert shown == {"parts": "2", "cost": "700", "plain": "1"}
    assert len(form.select("[data-sms-count]")) == len(CAMPAIGN_TEXTS)
    assert form.select_one("script[type=module][src*='campaigns/sms/parts.js']")


# row: cost
def test_without_script_the_parts_are_said_at_save(editor):
    page = CampaignPageFactory()

    said = told(post(editor, page, welcome=LONG, over_text="Cam on ban."))

    assert "Answer to joining: 2 parts; without accents and signs 1." in said
    assert not [line for line in said if line.startswith("Answer once it is over")]


def test_a_text_that_no_gateway_carries_is_refused(editor):
    page = CampaignPageFactory()

    answered = post(editor, page, over_text="ạ" * 600)

    assert "This makes 9 parts; gateways carry 8 at most." in answered.content.decode()
    assert draft_of(page).over_text == ""


# row: PII
def test_a_word_that_betrays_is_blocked_or_warned_of_in_the_editors_language(editor):
    DiscreetWord.objects.create(word="buôn người", language="vi", weight="block")
    DiscreetWord.objects.create(word="công an", language="vi")
    DiscreetWord.objects.create(word="chao", language="en", weight="block")
    page = CampaignPageFactory()

    refused = post(editor, page, welcome="Chào bạn. Chống BUON NGUOI.")
    assert "“buôn người” may betray the reader" in refused.content.decode().replace("&ldquo;", "“")
    assert draft_of(page).welcome == ""

    said = told(post(editor, page, welcome="Chào bạn. Gọi công an."))
    assert "Answer to joining: “công an” may betray the reader to whoever looks at her phone." in said
    assert draft_of(page).welcome == "Chào bạn. Gọi công an."


def test_the_editor_who_saves_by_itself_is_not_told_again_and_again(editor):
    DiscreetWord.objects.create(word="công an", language="vi")
    page = CampaignPageFactory(welcome="Gọi công an.")
    answered = post(editor, page, accept="application/json", welcome=LONG)

    assert answered["Content-Type"] == "application/json"
    assert told(answered) == []


def test_a_translation_with_such_a_word_is_not_published_by_any_way():
    DiscreetWord.objects.create(word="trafficking", language="en", weight="block")
    page = CampaignPageFactory(welcome="Chào bạn.")
    english = translated(page, "en")

    english.welcome = "News on trafficking."

    assert english.lacks_for_publishing() == [
        "Answer to joining: “trafficking” may betray the reader to whoever looks at her phone. "
        "Choose other words."
    ]
    english.welcome = "News for you."
    assert english.lacks_for_publishing() == []


# --- the list ------------------------------------------------------------------------------
ADD = "/admin/snippets/campaigns/discreetword/add/"


def test_staff_keep_the_list_and_a_word_stands_in_it_once(editor):
    for word in ("Công an", "CONG  AN"):
        answered = editor.post(ADD, {"word": word, "language": "vi", "weight": "warn"})

    assert list(DiscreetWord.objects.values_list("word", "folded")) == [("Công an", "cong an")]
    assert "This word is on the list already" in answered.content.decode()


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_other_roles_leave_the_list_alone(role):
    client_of(role).post(ADD, {"word": "Công an", "language": "vi", "weight": "warn"})

    assert not DiscreetWord.objects.exists()


def test_the_demo_plants_words_that_its_own_texts_do_not_have():
    from outreach_site.demo import campaigns, discretion
    from outreach_site.demo.once import Planted

    discretion.plant(Planted())
    discretion.plant(Planted())

    languages = set(DiscreetWord.objects.values_list("language", flat=True))
    assert languages == {"vi", "en"}
    texts = [
        (sheet.more["welcome"], code)
        for leaf in campaigns.CAMPAIGNS
        for code, sheet in leaf.sheets.items()
        if "welcome" in sheet.more
    ]
    assert len(texts) >= 2
    said = [composing.refusals(text, code) + composing.warnings(text, code) for text, code in texts]
    assert said == [[]] * len(texts)
