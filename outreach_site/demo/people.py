"""Made-up life: accounts to sign in with, texts from phones, head counts, visits.

Every phone number is of a range kept for drama (Ofcom: +44 7700 900000 to 900999): it cannot ring.
Texts go the way real ones go, through the inbox and the outbox, by the simulated gateway only.
"""

import random
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from campaigns.reach import ledger, visits
from campaigns.reach.models import DailyCount
from campaigns.sms import inbox, outbox
from campaigns.sms.defaults import SHORT_CODE, ensure_gateways
from campaigns.sms.models import Gateway, InboundMessage, Member, OutboundMessage
from events.fieldwork import attendance
from outreach_site import languages
from outreach_site.demo import campaigns, events, materials
from outreach_site.staff.approval import ensure_workflow
from outreach_site.staff.roles import ensure_groups
from outreach_site.translation.models import LanguageTeam

PASSWORD = "loa-demo-2026"
ACCOUNTS = {
    "admin": ("Quản trị Minh", None),
    "editor": ("Biên tập viên Lan", "editor"),
    "translator": ("Người dịch Hòa", "translator"),
    "reviewer": ("Người duyệt Tâm", "reviewer"),
    "coordinator": ("Điều phối viên Hạnh", "coordinator"),
    "fieldworker": ("Cán bộ xã Sơn", "fieldworker"),
}
# The languages that the demo's translator writes and its reviewer reads.
TEAMS = ("en", "km")
DEMO_NOTE = "Số liệu minh họa (demo)"

# The inbox takes no text for older than 30 days.
TEXT_DAYS = 28
VISIT_DAYS = 42


def demo_phone(number):
    """Return the drama number `number` (0 to 999)."""
    if not 0 <= number <= 999:
        raise ValueError(f"{number}: the range has a thousand numbers")
    return f"+447700900{number:03d}"


# --- accounts ------------------------------------------------------------------------------
def plant_accounts(planted):
    """Plant one account a role, all with the same password."""
    groups = ensure_groups()
    ensure_workflow()
    # Hashing is slow on purpose: once is enough for a password that everybody knows.
    password = make_password(PASSWORD)
    for username, (name, role) in ACCOUNTS.items():
        planted.once(
            f"account/{username}", lambda u=username, n=name, r=role: _account(u, n, groups.get(r), password)
        )
    for code in TEAMS:
        planted.once(f"team/{code}", lambda c=code: _team(c))


def _team(code):
    team, _new = LanguageTeam.objects.get_or_create(locale=Locale.objects.get(language_code=code))
    accounts = get_user_model().objects
    team.translators.add(*accounts.filter(username="translator"))
    team.reviewers.add(*accounts.filter(username="reviewer"))
    return team


def _account(username, name, group, password):
    user_model = get_user_model()
    if user_model.objects.filter(username=username).exists():
        return None
    user = user_model.objects.create(
        username=username,
        first_name=name,
        last_name="(demo)",
        email=f"{username}@example.org",
        password=password,
        is_staff=group is None,
        is_superuser=group is None,
    )
    if group:
        user.groups.add(group)
    UserProfile.objects.create(user=user, preferred_language=languages.DEFAULT)
    return user


# --- head counts ---------------------------------------------------------------------------
def plant_head_counts(planted, today):
    """Plant the attendance of the events that were held, if there is somebody who can have counted it."""
    counter = planted.find("account/fieldworker") or get_user_model().objects.filter(is_active=True).first()
    if counter is None:
        return
    for leaf in events.EVENTS:
        event = planted.find(f"page/{leaf.slug}/vi")
        for number, people in enumerate(leaf.facts.get("counts", [])):
            planted.once(
                f"head-count/{leaf.slug}/{number}",
                lambda e=event, n=number, p=people: _head_count(e, n, p, counter, today),
            )


def _head_count(event, number, people, counter, today):
    if event is None:
        return None
    day = event.starts_on + timedelta(days=number)
    if day > today:
        return None
    count, _is_new = attendance.keep(
        token=uuid5(NAMESPACE_URL, f"loa-demo/head-count/{event.slug}/{number}"),
        event=event,
        area=event.area,
        day=day,
        people=people,
        counted_by=counter,
        note=DEMO_NOTE,
        is_demo=True,
    )
    return count


# --- texts ---------------------------------------------------------------------------------
JOINING = {
    campaigns.HAGIANG: [
        "DANGKY HAGIANG",
        "dangky hagiang",
        "Đăng ký Hà Giang",
        "DK HAGIANG",
        "HAGIANG",
        "dang ky ha giang a",
        "JOIN HAGIANG",
        "DANGKY HAGIANG DONG VAN",
        "dk ha giang meo vac",
        "Đăng ký Hà Giang Lũng Cú",
        "DANGKY HAGIANG TRI TON",
    ],
    campaigns.ANGIANG: ["DANGKY ANGIANG", "dang ky an giang", "Đăng ký An Giang ạ", "ANGIANG", "DK ANGIANG"],
}
JOIN_COUNTS = {campaigns.HAGIANG: 37, campaigns.ANGIANG: 25}
LEAVING = "HUY"
LEAVE_COUNT = 4
OTHER_TEXTS = [
    "TRO GIUP",
    "cho hoi gio nao co nguoi nghe may",
    "giúp",
    "cam on",
    "khi nao co tap huan o xa minh a",
    "toi muon xin to roi tieng Mong",
    "TIENG ANH",
]


def texts(now):
    """Return [(moment, phone, text)] of made-up texts before `now` (aware), by the sender's clock.

    The same on every run of one day: people write in the morning and in the evening, more at weekends.
    """
    dice = random.Random(111)
    phones = [demo_phone(number) for number in dice.sample(range(1000), 80)]
    written = []
    for keyword, count in JOIN_COUNTS.items():
        for _number in range(count):
            written.append((_moment(dice, now), phones.pop(), dice.choice(JOINING[keyword])))
    for moment, phone, _text in sorted(written)[:LEAVE_COUNT]:
        written.append((moment + timedelta(days=3, minutes=dice.randrange(300)), phone, LEAVING))
    for text in OTHER_TEXTS:
        written.append((_moment(dice, now), phones.pop(), text))
    return sorted(written)


def _moment(dice, now):
    day = timezone.localdate(now) - timedelta(days=dice.randrange(1, TEXT_DAYS))
    if day.weekday() < 5 and dice.random() < 0.3:
        day = min(day + timedelta(days=5 - day.weekday()), timezone.localdate(now) - timedelta(days=1))
    hour = dice.choice([6, 7, 7, 11, 12, 17, 18, 19, 19, 20])
    return timezone.make_aware(datetime.combine(day, time(hour, dice.randrange(60), dice.randrange(60))))


def plant_texts(planted, now):
    """Plant some weeks of texts, the sign-ups they make, and our answers."""
    planted.once("texts/first-weeks", lambda: _exchange(now))


def _exchange(now):
    ensure_gateways()
    gateway = Gateway.objects.get(slug="simulator")
    # A gateway that is not simulated would send real texts.
    if gateway.kind != Gateway.Kind.SIMULATOR:
        return None
    waiting = list(transaction.get_connection().run_on_commit)
    for number, (moment, phone, text) in enumerate(texts(now)):
        message, _is_new = inbox.receive(
            gateway=gateway,
            external_id=f"demo-{number:03d}",
            sender=phone,
            recipient=SHORT_CODE,
            text=text,
            raw=text.encode(),
            sent_at=moment,
        )
        inbox.process(message.pk)
        _answer(message, moment)
    # All of it is done: the nudges that wait for the commit would only keep the queue busy.
    connection = transaction.get_connection()
    connection.run_on_commit = waiting
    return gateway


def _answer(message, moment):
    """Send what was queued for the phone, and date the exchange to when it would have been."""
    queued = OutboundMessage.objects.filter(phone_index=message.phone_index, sent_at=None)
    answers = list(queued.values_list("pk", flat=True))
    for answer in answers:
        outbox.send(answer)
    answered = moment + timedelta(seconds=8)
    OutboundMessage.objects.filter(pk__in=answers).update(
        created_at=moment, sent_at=answered, state_changed_at=answered
    )
    InboundMessage.objects.filter(pk=message.pk).update(received_at=moment)
    Member.objects.filter(phone_index=message.phone_index, created_at__gt=moment).update(created_at=moment)


# --- visits --------------------------------------------------------------------------------
def plant_visits(planted, today):
    """Plant some weeks of page views and taps on the main number, and carry them to the ledger."""
    planted.once("visits/first-weeks", lambda: _visits(planted, today))


def _visits(planted, today):
    dice = random.Random(8088)
    subjects = []
    for language, share in (("vi", 1.0), ("en", 0.15)):
        subjects.append((ledger.Channel.PAGE, planted.find(f"page/home/{language}"), language, 38 * share))
        for leaf in campaigns.CAMPAIGNS:
            page = planted.find(f"page/{leaf.slug}/{language}")
            subjects.append((ledger.Channel.PAGE, page, language, 14 * share))
    for leaf in materials.MATERIALS:
        subjects.append((ledger.Channel.MATERIAL, planted.find(f"page/{leaf.slug}/vi"), "vi", 9))
    subjects.append((ledger.Channel.HOTLINE, planted.find("hotline/main"), "vi", 3))
    rows = []
    for ago in range(VISIT_DAYS, 0, -1):
        day = today - timedelta(days=ago)
        # More at weekends, and more as word gets round.
        mood = (1.4 if day.weekday() >= 5 else 1.0) * (1.5 - ago / VISIT_DAYS)
        for channel, subject, language, usual in subjects:
            number = round(dice.uniform(0.6, 1.4) * usual * mood)
            if subject and number:
                count = DailyCount(
                    day=day, channel=channel, subject=subject.pk, language=language, number=number
                )
                rows.append(count)
    if not rows:
        return None
    DailyCount.objects.bulk_create(rows)
    visits.carry_to_ledger()
    return rows[-1]
