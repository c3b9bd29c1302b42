import pytest
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation

from outreach_site.translation import gates
from outreach_site.translation.faults import StringRefused, faults
from tests.outreach_site.translation import stage
from tests.outreach_site.translation.test_rights import put

pytestmark = pytest.mark.django_db
TOO_LONG = "“Title” is 5 characters too long: it has 260 and may have 255."


def test_a_text_longer_than_its_field_is_not_saved():
    translation = stage.into(stage.article())

    with pytest.raises(StringRefused) as refusal:
        stage.change(translation, "title", "ខ" * 260)

    assert refusal.value.messages == [TOO_LONG]
    assert not StringTranslation.objects.exists()


def test_the_editor_says_it_beside_the_string(client):
    translation = stage.into(stage.article())
    client.force_login(stage.translator())

    answer = put(client, translation, "ខ" * 260)

    assert (answer.status_code, answer.json()["error"], answer.json()["data"]) == (200, TOO_LONG, "ខ" * 260)
    assert not StringTranslation.objects.exists()


def test_it_is_said_in_the_language_of_the_person(client):
    translation = stage.into(stage.article())
    user = stage.translator()
    UserProfile.objects.filter(user=user).update(preferred_language="vi")
    client.force_login(user)

    assert put(client, translation, "ខ" * 260).json()["error"].startswith("“Tiêu đề”")


@pytest.mark.parametrize(
    ("path", "most", "label"), [("title", 255, "Title"), ("introduction", 400, "Introduction")]
)
def test_the_longest_text_that_fits_is_kept(path, most, label):
    translation = stage.into(stage.article())

    stage.change(translation, path, "ខ" * most)
    with pytest.raises(StringRefused, match=f"“{label}” is 1 character too long"):
        stage.change(translation, path, "ខ" * (most + 1))

    assert StringTranslation.objects.get().data == "ខ" * most


def test_a_limit_inside_a_block_counts_as_well():
    page = stage.article(body=[("picture", {"picture": None, "alt": "", "caption": "Chợ"})])
    translation = stage.into(page)

    with pytest.raises(StringRefused, match="“Caption” is 1 character too long"):
        stage.change(translation, "body", "ខ" * 301)


def test_length_is_what_a_reader_sees():
    assert faults("A", "a &amp; b", 5, "Title") == []


def test_a_fault_that_came_past_the_guard_is_found_before_publishing():
    translation = stage.fill(stage.into(stage.article()))
    StringTranslation.objects.filter(context__path="title").update(data="ខ" * 260)

    assert gates.incomplete(translation) == [TOO_LONG]


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ('Gọi <a id="a1">số</a>', "ហៅ", 'The link <a id="a1"> of the original is missing.'),
        ("Gọi", 'ហៅ <a id="a1">ល</a>', 'The original has no link <a id="a1">.'),
        ("Chào %(name)s", "សួស្តី", "“%(name)s” of the original must stand in the translation as it is."),
        ("Chào {name}", "សួស្តី {nom}", "“{name}” of the original must stand in the translation as it is."),
        ("<b>Gọi</b>", "<b>ហៅ", "The tag <b> is not opened and closed in order."),
        ("Gọi", "ហៅ</b>", "The tag <b> is not opened and closed in order."),
    ],
    ids=["link lost", "link invented", "placeholder lost", "placeholder renamed", "tag open", "tag stray"],
)
def test_what_is_broken_is_named(source, text, said):
    assert faults(source, text) == [said]


@pytest.mark.parametrize("text", ["<h1>ខ</h1>", '<b onclick="x()">ខ</b>', "<script>x</script>"])
def test_html_that_does_not_belong_in_a_string_is_refused(text):
    translation = stage.into(stage.article())

    with pytest.raises(StringRefused):
        stage.change(translation, "title", text)


def test_percent_signs_in_prose_are_no_placeholders():
    assert faults("Giảm 20% số cuộc gọi", "ថយ 20% នៃ") == []
