import io
import zipfile

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from outreach_site.translation import po, po_views, steps
from outreach_site.translation.models import TranslationWork
from tests.factories import ArticlePageFactory, CampaignPageFactory, HotlineFactory
from tests.outreach_site.translation import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return stage.into(stage.article())


@pytest.fixture
def translator(client, record):
    user = stage.translator()
    client.force_login(user)
    return user


def filled(record, **texts):
    """The file of a translation with `texts` by field; the rest is left empty."""
    file = po.file_for(record)
    for entry in file:
        if entry.msgctxt.split(".")[0] in texts:
            entry.msgstr = texts[entry.msgctxt.split(".")[0]]
    return file


def send(client, record, content):
    """Upload `content` and return the answer: the preview, or what is wrong."""
    if isinstance(content, polib.POFile):
        content = str(content)
    content = content.encode() if isinstance(content, str) else content
    return client.post(
        reverse("wagtail_localize:upload_pofile", args=[record.pk]),
        {"file": SimpleUploadedFile("km.po", content)},
    )


def confirm(client, record, answer):
    sealed = answer.context["confirmed"]
    return client.post(reverse("translation_po_upload", args=[record.pk]), {"confirmed": sealed})


def texts():
    return dict(StringTranslation.objects.values_list("context__path", "data"))


def errors(answer):
    return [str(sentence) for sentence in answer.context["errors"]]


# --- out -----------------------------------------------------------------------------------
def test_the_file_is_named_by_page_and_language(client, record, translator):
    answer = client.get(reverse("translation_po_download", args=[record.pk]))

    assert answer["Content-Disposition"] == 'attachment; filename="cho-phien-km.po"'
    assert polib.pofile(answer.content.decode()).metadata["Language"] == "km"


def test_each_string_says_its_field_its_limit_and_what_stays_as_it_is(record):
    HotlineFactory(number="111")
    CampaignPageFactory(keyword="NUOC")
    page = record.source.get_source_instance()
    page.introduction = "Gọi 111 hoặc nhắn NUOC."
    page.save_revision().publish()
    record.source.update_from_db()

    found = {entry.msgctxt.split(".")[0]: entry.comment for entry in po.file_for(record)}

    assert found["title"].splitlines()[-1] == "At most 255 characters."
    assert found["introduction"].splitlines()[-1] == "Keep as it is: 111, NUOC"
    assert found["body"].splitlines()[-1] == 'Keep as it is: <a id="a1">'


def test_what_a_machine_wrote_is_marked_as_uncertain(record):
    stage.fill(record, kind="machine")

    assert all(entry.fuzzy for entry in po.file_for(record))


def test_a_text_that_stands_twice_stands_once_in_the_file():
    twice = stage.into(stage.article(body=[("text", "<p>Gọi 111.</p><p>Gọi 111.</p>")]))

    assert [entry.msgid for entry in po.file_for(twice)].count("Gọi 111.") == 1


# --- the preview ---------------------------------------------------------------------------
def test_nothing_is_stored_before_it_is_confirmed(client, record, translator):
    answer = send(client, record, filled(record, title="ផ្សារ"))

    seen = answer.context["seen"]
    assert [(one.old, one.new) for one in seen.changes] == [("", "ផ្សារ")]
    assert (seen.empty, seen.unchanged, texts()) == (2, 0, {})
    confirm(client, record, answer)
    assert texts() == {"title": "ផ្សារ"}


def test_the_preview_shows_old_and_new(client, record, translator):
    stage.change(record, "title", "ផ្សារ ចាស់")
    stage.change(record, "introduction", "ដដែល")

    answer = send(client, record, filled(record, title="ផ្សារ ថ្មី"))

    seen = answer.context["seen"]
    assert [(one.old, one.new) for one in seen.changes] == [("ផ្សារ ចាស់", "ផ្សារ ថ្មី")]
    assert seen.unchanged == 1
    html = answer.content.decode()
    assert "<del>" in html
    assert "<ins>" in html


def test_uncertain_strings_are_not_taken(client, record, translator):
    file = filled(record, title="ផ្សារ", introduction="ព្រឹក")
    next(entry for entry in file if entry.msgctxt == "title").flags = ["fuzzy"]

    confirm(client, record, send(client, record, file))

    assert texts() == {"introduction": "ព្រឹក"}


def test_an_empty_string_takes_nothing_away(client, record, translator):
    stage.change(record, "title", "ផ្សារ")
    file = filled(record, introduction="ព្រឹក", title="")

    confirm(client, record, send(client, record, file))

    assert texts() == {"title": "ផ្សារ", "introduction": "ព្រឹក"}


def test_strings_that_are_not_of_the_page_are_told_and_left(client, record, translator):
    file = filled(record, title="ផ្សារ")
    file.append(polib.POEntry(msgctxt="title", msgid="Tên cũ", msgstr="ឈ្មោះ"))

    answer = send(client, record, file)
    confirm(client, record, answer)

    assert answer.context["seen"].strangers == ["Tên cũ"]
    assert texts() == {"title": "ផ្សារ"}


@pytest.mark.parametrize(
    ("texts_of_file", "reason"),
    [
        ({"title": "ខ" * 260}, "“Title” is 5 characters too long: it has 260 and may have 255."),
        ({"body": "គ្មានតំណ"}, 'The link <a id="a1"> of the original is missing.'),
        ({"introduction": "<b>ព្រឹក 111 NUOC {ten}"}, "The tag <b> is not opened and closed in order."),
        ({"introduction": "១១១ NUOC {ten}"}, "“111” of the original must stand in the translation as it is."),
        ({"introduction": "111 ទឹក {ten}"}, "“NUOC” of the original must stand in the translation as it is."),
        ({"introduction": "111 NUOC"}, "“{ten}” of the original must stand in the translation as it is."),
    ],
    ids=["too long", "link", "html", "hotline number", "keyword", "placeholder"],
)
def test_refused_strings_are_told_and_the_good_ones_taken(client, texts_of_file, reason):
    HotlineFactory(number="111")
    CampaignPageFactory(keyword="NUOC")
    record = stage.into(stage.article(introduction="Gọi 111 hoặc nhắn NUOC, {ten}."))
    client.force_login(stage.translator())
    good = {"introduction": "ល្អ 111 NUOC {ten}"} if "title" in texts_of_file else {"title": "ល្អ"}
    file = filled(record, **texts_of_file, **good)

    answer = send(client, record, file)
    confirm(client, record, answer)

    assert [one.reasons for one in answer.context["seen"].refused] == [(reason,)]
    assert texts() == good


def test_a_hotline_number_is_asked_for_when_one_types_as_well(record):
    HotlineFactory(number="111")
    page = record.source.get_source_instance()
    page.introduction = "Gọi 111."
    page.save_revision().publish()
    record.source.update_from_db()

    with pytest.raises(po.ValidationError, match="“111” of the original"):
        stage.change(record, "introduction", "ហៅ")


# --- what is no file of this page ----------------------------------------------------------
def test_the_file_of_another_page_is_refused_whole(client, record, translator):
    other = stage.into(stage.article(title="Khác", slug="khac"))

    answer = send(client, record, filled(other, title="ផ្សារ"))

    assert errors(answer) == [
        "This file is of “Khác” in Khmer, not of “Chợ phiên” in Khmer. Nothing of it was taken."
    ]
    assert (answer.status_code, texts()) == (400, {})


def test_the_file_of_another_language_is_refused_whole(client, record, translator):
    english = stage.into(record.source.get_source_instance(), "en")

    answer = send(client, record, filled(english, title="Market"))

    assert errors(answer) == [
        "This file is of “Chợ phiên” in English, not of “Chợ phiên” in Khmer. Nothing of it was taken."
    ]


NOT_UTF8 = "The file is not in UTF-8. Save it as UTF-8 in your program and upload it again."
BROKEN = "The file is not a PO file, or it is broken. Download it here, fill it in, and upload it again."
OTHER_KIND = "This is not a PO file but a file of another kind. Download the PO file here and fill it in."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        ('msgid "é"\nmsgstr "à"\n'.encode("latin-1"), NOT_UTF8),
        ('msgid "a"\nmsgstr "b"\n'.encode("utf-16"), NOT_UTF8),
        (b"\x89PNG\r\n\x1a\n\0\0", OTHER_KIND),
        (b"PK\x03\x04rest", OTHER_KIND),
        (b"/etc/passwd", "broken near line 1"),
        (b'msgid "a\nmsgstr "b"\n', "broken near line 1"),
        (b'msgid "a"\nmsgstr "b"\nmsgid\n', "broken near line 3"),
        (b'msgid "a"\nmsgstr "b"c"\n', "broken near line 2"),
        (b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', BROKEN),
        (b'msgid "a"\nmsgstr "b"\n', "The file does not say which page it is of."),
        (b'msgid ""\nmsgstr ""\n"' + po.OURS.encode() + b': x\\n"\n', "This file is of another page"),
        (b" " * (po.MOST_BYTES + 1), "The file is larger than 1 MB."),
    ],
    ids=[
        "empty",
        "latin-1",
        "utf-16",
        "picture",
        "zip",
        "name",
        "open-quote",
        "no-text",
        "stray-quote",
        "twice",
        "no-header",
        "odd-id",
        "large",
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(client, record, translator, content, sentence):
    answer = send(client, record, content)

    assert sentence in errors(answer)[0]
    assert (answer.status_code, texts()) == (400, {})


def test_a_request_without_a_file_is_answered(client, record, translator):
    answer = client.post(reverse("wagtail_localize:upload_pofile", args=[record.pk]))

    assert errors(answer) == ["Choose the PO file first."]


@pytest.mark.parametrize("start", ["\ufeff", "\r\n"])
def test_other_programs_marks_and_line_ends_do_no_harm(client, record, translator, start):
    text = str(filled(record, title="ផ្សារ")).replace("\n", "\r\n")

    confirm(client, record, send(client, record, start + text))

    assert texts() == {"title": "ផ្សារ"}


# --- between preview and confirmation ------------------------------------------------------
def test_what_changed_in_the_meantime_is_shown_again(client, record, translator):
    answer = send(client, record, filled(record, title="ផ្សារ"))
    stage.change(record, "title", "ទីផ្សារ")

    again = confirm(client, record, answer)

    assert texts() == {"title": "ទីផ្សារ"}
    assert "changed in the meantime" in errors(again)[0]
    assert [(one.old, one.new) for one in again.context["seen"].changes] == [("ទីផ្សារ", "ផ្សារ")]
    confirm(client, record, again)
    assert texts() == {"title": "ផ្សារ"}


def test_a_source_that_changed_in_the_meantime_is_seen(client, record, translator):
    answer = send(client, record, filled(record, introduction="ព្រឹក"))
    page = record.source.get_source_instance()
    page.introduction = "Chợ họp tối thứ Bảy."
    page.save_revision().publish()
    record.source.update_from_db()

    again = confirm(client, record, answer)

    assert again.context["seen"].strangers == ["Chợ họp sáng Chủ nhật."]
    assert texts() == {}


def test_a_confirmation_is_of_one_person_and_one_page(client, record, translator):
    answer = send(client, record, filled(record, title="ផ្សារ"))
    other = stage.into(stage.article(title="Khác", slug="khac"))
    elsewhere = confirm(client, other, answer)
    client.force_login(stage.translator())
    by_another = confirm(client, record, answer)
    forged = client.post(reverse("translation_po_upload", args=[record.pk]), {"confirmed": "a:b:c"})

    said = {errors(one)[0] for one in (elsewhere, by_another, forged)}
    assert (said, texts()) == ({"The preview is too old. Upload the file again."}, {})


# --- rights and what follows ---------------------------------------------------------------
def test_no_back_door_stays(record):
    for name in ("upload", "download"):
        there = reverse(f"wagtail_localize:{name}_pofile", args=[record.pk])
        assert resolve(there).view_name == f"translation_po_{name}"


@pytest.mark.parametrize("name", ["download", "upload"])
def test_a_translator_of_another_language_is_refused(client, record, name):
    client.force_login(stage.translator("en"))

    answer = client.get(reverse(f"translation_po_{name}", args=[record.pk]))

    assert answer.status_code == 302
    assert stage.said(answer)[0].startswith("You are not in the team for Khmer")


def test_a_confirmation_by_who_left_the_team_is_refused(client, record, translator):
    answer = send(client, record, filled(record, title="ផ្សារ"))
    translator.translates.clear()
    stage.translator("en").translates.get().translators.add(translator)

    confirm(client, record, answer)

    assert texts() == {}


def test_what_was_taken_needs_a_review_again(client):
    record = stage.approved()
    user = stage.translator()
    client.force_login(user)

    confirm(client, record, send(client, record, filled(record, title="ផ្សារថ្មី")))

    work = TranslationWork.objects.get(translation_key=record.source.object_id)
    taken = StringTranslation.objects.get(context__path="title")
    assert work.state == TranslationWork.State.IN_TRANSLATION
    assert (taken.translation_type, taken.last_translated_by) == ("manual", user)


def test_the_same_text_again_leaves_the_approval(client):
    record = stage.approved()
    client.force_login(stage.translator())

    answer = send(client, record, po.file_for(record))

    assert not answer.context["confirmed"]
    assert TranslationWork.objects.get().state == TranslationWork.State.APPROVED


# --- many at once --------------------------------------------------------------------------
def packed(answer):
    return sorted(zipfile.ZipFile(io.BytesIO(answer.content)).namelist())


def test_all_that_is_not_done_comes_as_one_file(client, record, translator):
    stage.article(title="Chưa", slug="chua")
    done = stage.fill(stage.into(stage.article(title="Xong", slug="xong")))
    steps.approve(done, stage.reviewer())
    type_id = record.source.get_source_instance().content_type_id

    answer = client.post(reverse("translation_po_files"), {"language": "km", "type": type_id})

    assert packed(answer) == ["cho-phien-km.po", "chua-km.po"]
    assert not Page.objects.filter(locale__language_code="km", live=True).exists()


def test_the_filter_of_the_matrix_counts(client, record, translator):
    stage.article(title="Chưa", slug="chua")

    answer = client.post(reverse("translation_po_files"), {"language": "km", "state": "missing", "q": "chua"})

    assert packed(answer) == ["chua-km.po"]


def test_no_more_pages_are_begun_than_a_request_bears(client, record, translator, monkeypatch):
    monkeypatch.setattr(po_views, "MOST_BEGUN", 2)
    for number in range(3):
        ArticlePageFactory(title=f"Bài {number}")

    answer = client.post(reverse("translation_po_files"), {"language": "km", "state": "missing"})

    assert len(packed(answer)) == 2
    assert stage.said(answer) == ["1 more page is not begun: download again for the next ones."]


def test_the_files_of_a_language_are_for_its_translators(client, record):
    client.force_login(stage.translator("en"))
    before = Page.objects.count()

    answer = client.post(reverse("translation_po_files"), {"language": "km"})

    assert (answer.status_code, Page.objects.count()) == (302, before)


def test_the_matrix_offers_the_files_of_a_language_that_was_chosen(client, record, translator):
    offered = [
        "loa-po" in client.get(reverse("translation_matrix"), asked).content.decode()
        for asked in ({"language": "km"}, {"language": "en"}, {})
    ]

    assert offered == [True, False, False]
