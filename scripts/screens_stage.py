"""What the demo does not have by itself and `make screens` has to show: put into a copy of it, by its own code."""

import json

# Prints {name: id or address} of what `screens_list.py` asks for.
STAGE = """
import io, json, sys
import django
django.setup()
from datetime import timedelta
from django.core.files.images import ImageFile
from django.conf import settings
from django.contrib.auth.models import Permission
from django.utils import timezone, translation
from PIL import Image
from campaigns.materials.library import MaterialIndexPage
from campaigns.materials.models import MaterialPage
from campaigns.pages.models import CampaignPage
from campaigns.sms import alarms, inbox, outbox, sending, urgent
from campaigns.sms.broadcasts import forecast, running
from campaigns.sms.broadcasts.models import Broadcast, BroadcastText
from campaigns.sms.journeys import firing
from campaigns.sms.journeys.models import Journey, JourneyText
from campaigns.sms.models import Gateway, Member, OutboundMessage
from campaigns.printing.models import PrintRun, TrackedLink
from outreach_site.editing import versions
from outreach_site.translation import beginning, po
from wagtail.models import Locale
from wagtail_localize.models import Translation
from outreach_site.consent import removal
from outreach_site.consent.models import ConsentRecord
from outreach_site.hotline.models import Hotline
from outreach_site.pages.files import Picture
from outreach_site.pages.models import ArticlePage
from outreach_site.staff.models import User

translation.activate("vi")
today = timezone.localdate()
coordinator = User.objects.get(username="coordinator")

def picture(title, colour, consent):
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), colour).save(out, "PNG")
    one = Picture(
        title=title, description=title, file=ImageFile(out, "hop-nhom.png"), shows_people=True, consent=consent
    )
    one.save()
    return one

def article(title, lead):
    shelf = ArticlePage.objects.filter(locale__language_code="vi").first().get_parent()
    page = shelf.add_child(instance=ArticlePage(title=title, lead=lead, locale=shelf.locale))
    page.save_revision(user=coordinator).publish()
    return page

def record(reference, **facts):
    facts = {"paper": "Phòng truyền thông, tủ 2", "uses": "Ảnh buổi họp nhóm, trên trang này.", **facts}
    return ConsentRecord.objects.create(reference=reference, valid_from=today - timedelta(days=200), **facts)

valid = record("HG-2026-014", valid_until=today + timedelta(days=20), for_print=True)
article("Buổi họp nhóm ở Đồng Văn", picture("Buổi họp nhóm ở Đồng Văn", "#0e5a4f", valid))
ended = record("AG-2026-003")
article("Lớp tập huấn ở Tri Tôn", picture("Lớp tập huấn ở Tri Tôn", "#b4501e", ended))
taken_down = removal.withdraw(ended, coordinator)
removal.carry_out(taken_down.pk)

shelf = MaterialIndexPage.objects.get(locale__language_code="vi")
gone = shelf.add_child(instance=MaterialPage(title="Tờ rơi cũ", kind="leaflet", locale=shelf.locale))
old_code = TrackedLink.objects.create(material=gone, place="Bến xe")
gone.delete()

editor = User.objects.get(username="editor")

def plain_article(title):
    page = shelf_of_articles.add_child(
        instance=ArticlePage(
            title=title,
            introduction="Chợ họp sáng Chủ nhật.",
            body=[("text", "<p>Đi cùng người quen, báo cho người nhà biết đi đâu.</p>")],
            locale=shelf_of_articles.locale,
        )
    )
    page.save_revision(user=editor).publish()
    return ArticlePage.objects.get(pk=page.pk)

shelf_of_articles = ArticlePage.objects.filter(locale__language_code="vi").first().get_parent()
two = plain_article("Chợ phiên tháng này")
mine = ArticlePage.objects.get(pk=two.pk)
two.introduction = "Chợ họp sáng thứ Bảy và Chủ nhật, từ sáu giờ."
two.save_revision(user=coordinator)
mine.title = "Chợ phiên tháng sau"
mine.introduction = "Chợ họp sáng Chủ nhật, trời mưa thì nghỉ."
kept = versions.set_aside(mine, editor)

held = plain_article("Đường lên Đồng Văn")
held.locked, held.locked_by, held.locked_at = True, coordinator, timezone.now() - timedelta(hours=3)
held.save(clean=False)

brought = plain_article("Ba câu nên hỏi trước khi đi")
english_locale = Locale.objects.get(language_code="en")
beginning.begin(brought, english_locale, User.objects.get(username="translator"))
record = Translation.objects.get(source__object_id=brought.translation_key, target_locale=english_locale)
file = po.file_for(record)
for entry, text in zip(file, ("Three questions before you go", "The market is on Sundays.")):
    entry.msgstr = text

# Texts: a gateway without credit, some of which nobody knows whether they were sent, a lot above a cap.
kannel = Gateway.objects.get(slug="kannel")
kannel.cost_per_part = 350
kannel.save()
campaign = CampaignPage.objects.running().originals().first()
members = list(Member.objects.order_by("pk")[:12])

def lot(name, text, author, some=members):
    outbox.queue_many([{
        **{"to": one, "gateway": kannel, "text": text, "language": "vi", "kind": outbox.Kind.BROADCAST},
        **{"cause": f"stage:{name}:{one.pk}", "consent_purpose": campaign.consent_key, "campaign": campaign},
    } for one in some], author=author)

lot("unknown", "Chiều thứ Bảy có buổi nói chuyện ở nhà văn hóa xã, mời bạn đến.", coordinator, members[:3])
OutboundMessage.objects.filter(cause__startswith="stage:unknown").update(
    state="unknown", last_error="no_answer", state_changed_at=timezone.now()
)
lot("waiting", "Tuần này bạn thế nào?", coordinator, members[:7])
most, settings.SMS_PARTS_A_DAY = settings.SMS_PARTS_A_DAY, 0
lot("above", "Sáng Chủ nhật có phiên chợ, ghé quầy của chúng mình nhé.", editor)
lot("own", "Nhắc bạn: 8 giờ sáng mai ở nhà văn hóa.", coordinator)
settings.SMS_PARTS_A_DAY = most
# A broadcast on its way, and a draft that lacks a language.
def broadcast(title, **texts):
    facts = {"title": title, "campaign": campaign, "gateway": kannel, "author": editor}
    made = Broadcast.objects.create(**facts)
    for language, text in texts.items():
        BroadcastText.objects.create(broadcast=made, language=language, text=text)
    return made

under_way = broadcast("Phiên chợ Chủ nhật", vi="Sáng Chủ nhật có phiên chợ, ghé quầy của chúng mình. Cần nói chuyện, gọi 111.")
under_way.fallback = "vi"
under_way.save()
running.confirm(under_way.pk, token=under_way.token, people=forecast.of(under_way).people, by=coordinator)
while running.run():
    pass
for state, number in (("delivered", 5), ("sent", 3), ("failed", 1)):
    some = list(under_way.messages.filter(state="queued").values_list("pk", flat=True)[:number])
    OutboundMessage.objects.filter(pk__in=some).update(state=state, sent_at=timezone.now())
journey = Journey.objects.create(name="Hỏi thăm sau khi tham gia", campaign=campaign, gateway=kannel, author=coordinator)
for days, text in ((3, "Bạn thế nào? Cần nói chuyện, gọi 111."), (30, "Chúng mình vẫn ở đây. Gọi 111 lúc nào cũng được.")):
    JourneyText.objects.create(step=journey.steps.create(days=days), language="vi", text=text)
firing.start(journey)
draft = broadcast("Lớp học tối thứ Ba", vi="Tối thứ Ba có lớp học ở nhà văn hóa, mời bạn đến.")
Gateway.objects.filter(pk=kannel.pk).update(paused_at=timezone.now(), pause_reason="no_credit")
alarms.raise_alarm("no_credit", "kannel", sending.NO_CREDIT, kannel)
alarms.raise_alarm("takes_nothing", "kannel", sending.TAKES_NOTHING, kannel)
alarms.close("takes_nothing", "kannel", by=coordinator)
# Two cries for help: one that a colleague has taken, one that waits.
simulator = Gateway.objects.get(slug="simulator")

def cry(name, phone, text):
    facts = {"gateway": simulator, "recipient": "8088", "raw": text.encode(), "sent_at": None}
    message, _new = inbox.receive(external_id=name, sender=phone, text=text, **facts)
    inbox.process(message.pk)

cry("stage-cry-1", "+447700900004", "ho ko cho toi ve nha, cuu toi voi")
first = urgent.Cry.objects.get()
urgent.Cry.objects.update(raised_at=timezone.now() - timedelta(minutes=9))
urgent.take(first.pk, by=coordinator)
urgent.note_result(first.pk, "passed_on", by=coordinator)
cry("stage-cry-2", "+447700900005", "con gái tôi mất tích hai ngày nay, xin giúp gia đình tôi")
urgent.Cry.objects.waiting().update(raised_at=timezone.now() - timedelta(minutes=4))

reached = members[0]
reached.safe_when, reached.safe_how, reached.safe_words = "Sau 20 giờ", "Chỉ nhắn tin, không gọi", "Lớp thêu ở xã"
reached.save()
coordinator.user_permissions.add(Permission.objects.get(codename="look_at_phone"))

code = TrackedLink.objects.exclude(pk=old_code.pk).order_by("pk").first()
english = MaterialPage.objects.filter(translation_key=code.material_key, locale__language_code="en").get()
print(json.dumps({
    "consent": valid.pk,
    "hotline": Hotline.objects.filter(is_main=True).first().pk,
    "picture": Picture.objects.filter(consent=valid).first().pk,
    "account": coordinator.pk,
    "removal": taken_down.pk,
    "old_code": f"/m/{old_code.code}/",
    "code": code.pk,
    "run": PrintRun.objects.first().pk,
    "material": MaterialPage.objects.get(translation_key=code.material_key, locale__language_code="vi").pk,
    "material_en": english.pk,
    "material_key": str(code.material_key),
    "two_versions": f"/admin/editing/{two.pk}/versions/{kept.pk}/",
    "locked": held.pk,
    "po": f"/admin/localize/translate/{record.pk}/pofile/upload/",
    "po_file": str(file),
    "gateway": kannel.pk,
    "broadcast": under_way.pk,
    "draft": draft.pk,
    "journey": journey.pk,
    "member": reached.pk,
    "thread": reached.phone_index,
}))
"""
SPEAK = """
import sys
import django
django.setup()
from wagtail.users.models import UserProfile
UserProfile.objects.update(preferred_language=sys.argv[1])
"""


def stage(demo):
    """Put on stage what is missing; return where it is."""
    return json.loads(demo.python(STAGE).splitlines()[-1])


def speak(demo, code):
    """Have the admin speak the language `code` to everybody."""
    demo.python(SPEAK, code)


def bring_po(page, file):
    """On the screen that asks for a PO file, bring `file`: what it would change is shown then."""
    upload = {"name": "loa.po", "mimeType": "text/x-gettext-translation", "buffer": file.encode()}
    page.set_input_files("input[type=file][name=file]", upload)
    with page.expect_navigation():
        page.locator("form[enctype] [type=submit]").click()
