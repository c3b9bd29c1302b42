"""The numbers, as published, with where they are published; the needs; the referral directory.

Only numbers found in two places or at their owner's own stand here. Nobody has dialled them yet,
and the records say so. "Free" is said of the one number of which it is known.
"""

from datetime import date

from outreach_site.hotline.models import HelpCard, Hotline, Need, Organisation

Kind, Tariff, AddressRule = Hotline.Kind, Hotline.Tariff, Organisation.AddressRule

CHECKED_ON = date(2026, 11, 23)
CHECKED_BY = "from published sources; not dialled yet"

NEEDS = {
    "tricked": {
        "vi": "Bị lừa, bị ép buộc hoặc có người thân mất liên lạc",
        "en": "Tricked or forced, or a relative cannot be reached",
    },
    "home": {"vi": "Bạo lực trong gia đình", "en": "Violence at home"},
    "child": {"vi": "Lo lắng cho một đứa trẻ", "en": "Worried about a child"},
    "abroad": {"vi": "Đang ở nước ngoài", "en": "You are abroad"},
    "farmers": {"vi": "Nông dân, lao động nông thôn", "en": "Farmers and rural workers"},
}

ORGANISATIONS = {
    "child-line": {
        "name": {"vi": "Tổng đài quốc gia bảo vệ trẻ em", "en": "National child protection line"},
        "services": {
            "vi": "Nghe, tư vấn và báo cho nơi có thể đến giúp: công an, bộ đội biên phòng, cảnh sát biển, "
            "ủy ban nhân dân xã. Từ 19/9/2025 cũng là đường dây quốc gia phòng, chống mua bán người.",
            "en": (
                "Listens, advises and tells those who can come and help: police, border guard, coast guard, "
                "the commune's committee. Since 19/9/2025 it is also the national line against human "
                "trafficking."
            ),
        },
        "serves": {
            "vi": "Trẻ em và người lớn, trong cả nước",
            "en": "Children and adults, in the whole country",
        },
        "needs": ["tricked", "child"],
        "source": "Decree 162/2025/NĐ-CP; launch of 19 September 2025; tongdai111.vn",
    },
    "peace-house": {
        "name": {"vi": "Ngôi nhà Bình yên", "en": "Peace House"},
        "services": {
            "vi": "Tư vấn qua điện thoại, thuộc Hội Liên hiệp Phụ nữ Việt Nam.",
            "en": "Advice by phone, run by the Viet Nam Women’s Union.",
        },
        "serves": {"vi": "Phụ nữ và trẻ em", "en": "Women and children"},
        "needs": ["home"],
        "source": "vwu.vn",
    },
    "citizen-protection": {
        "name": {
            "vi": "Bảo hộ công dân, Bộ Ngoại giao",
            "en": "Citizen protection, Ministry of Foreign Affairs",
        },
        "services": {
            "vi": "Giúp công dân Việt Nam gặp khó khăn ở nước ngoài.",
            "en": "Helps Vietnamese citizens who are in trouble in another country.",
        },
        "serves": {
            "vi": "Công dân Việt Nam ở nước ngoài và người nhà",
            "en": "Vietnamese abroad, and their families",
        },
        "needs": ["abroad"],
        "source": "Notice of the Ministry of Foreign Affairs, 2015",
    },
    "csaga": {
        "name": {"vi": "CSAGA", "en": "CSAGA"},
        "services": {
            "vi": "Tổ chức xã hội; nghe và tư vấn về bạo lực giới.",
            "en": "A civil society organisation; listens and advises on gender-based violence.",
        },
        "serves": {"vi": "Người bị bạo lực giới", "en": "People who live through gender-based violence"},
        "needs": ["home"],
        "source": "UNFPA Viet Nam, 2022",
    },
    "farmers-union": {
        "name": {"vi": "Hội Nông dân Việt Nam", "en": "Viet Nam Farmers’ Union"},
        "services": {"vi": "Tư vấn qua điện thoại.", "en": "Advice by phone."},
        "serves": {"vi": "Nông dân và gia đình ở nông thôn", "en": "Farmers and families in the countryside"},
        "needs": ["farmers"],
        "source": "UNFPA Viet Nam, 2021",
    },
    # There to show that such an address is never published. It does not exist.
    "shelter": {
        "name": {"vi": "Nhà tạm lánh minh họa (demo)", "en": "A shelter, made up for the demo"},
        "services": {
            "vi": "Chỗ ở an toàn trong thời gian ngắn (nội dung minh họa).",
            "en": "A safe place to stay for a short time (made up for the demo).",
        },
        "serves": {"vi": "Phụ nữ và trẻ em", "en": "Women and children"},
        "needs": ["home"],
        "address": "Số 9, ngõ Thử Nghiệm, phường Minh Họa (địa chỉ demo, không có thật)",
        "address_rule": AddressRule.NEVER,
        "source": "Made up for the demo",
        "is_demo": True,
    },
}

HOTLINES = {
    "main": {
        "number": "111",
        "name": {"vi": "Tổng đài quốc gia", "en": "National line"},
        "organisation": "child-line",
        "is_main": True,
        "tariff": Tariff.FREE,
        "all_hours": True,
        "note": {
            "vi": "Trẻ em và người lớn đều gọi được. Cuộc gọi được ghi âm.",
            "en": "For children and adults. Calls are recorded.",
        },
        "valid_from": date(2017, 12, 6),
        "source": (
            "tongdai111.vn; launched on 6 December 2017; Decree 162/2025/NĐ-CP and launch of 19 September "
            "2025"
        ),
    },
    "text": {
        "kind": Kind.TEXT,
        "number": "8088",
        "name": {"vi": "Số nhắn tin minh họa (demo)", "en": "Number for texts, demo only"},
        "is_main": True,
        "note": {
            "vi": "Chỉ dùng với máy điện thoại giả lập của bản demo.",
            "en": "Works only with the simulated phone of this demo.",
        },
        "source": "Short code of the simulated gateway; not a real number",
        "is_demo": True,
    },
    "peace-house": {
        "number": "1900 96 96 80",
        "name": {"vi": "Ngôi nhà Bình yên", "en": "Peace House"},
        "organisation": "peace-house",
        "order": 10,
        "source": "vwu.vn; Viet Nam News Agency, 2021; Voice of Viet Nam",
    },
    "citizen-protection": {
        "number": "+84 981 84 84 84",
        "name": {"vi": "Bảo hộ công dân", "en": "Citizen protection"},
        "organisation": "citizen-protection",
        "tariff": Tariff.NORMAL,
        "all_hours": True,
        "note": {
            "vi": "Người gọi trả tiền.",
            "en": "The caller pays.",
        },
        "order": 20,
        "source": (
            "Notice of the Ministry of Foreign Affairs, 2015, by way of the province of Bà Rịa – Vũng Tàu"
        ),
    },
    "csaga": {
        "number": "024 3333 5599",
        "name": {"vi": "CSAGA", "en": "CSAGA"},
        "organisation": "csaga",
        "order": 30,
        "source": "UNFPA Viet Nam, list of centres on gender-based violence, 2022",
    },
    "farmers-union": {
        "number": "1800 1768",
        "name": {"vi": "Đường dây của Hội Nông dân", "en": "Line of the Farmers’ Union"},
        "organisation": "farmers-union",
        "order": 40,
        "source": "UNFPA Viet Nam, 2021",
    },
    # No longer in use: on old leaflets people still find it, and staff should find what it was.
    "child-line-before-2017": {
        "number": "18001567",
        "name": {"vi": "Đường dây trẻ em trước đây", "en": "Child line of former years"},
        "organisation": "child-line",
        "order": 90,
        "valid_to": date(2017, 12, 5),
        "source": "tongdai111.vn: in use until 111 took over on 6 December 2017",
    },
}

WHAT_HAPPENS = {
    "vi": "Một người tư vấn nghe máy và lắng nghe bạn. Cuộc gọi được ghi âm; kể đến đâu là do bạn chọn. "
    "Nếu có người đang gặp nguy hiểm, tin được báo cho nơi có thể đến giúp.",
    "en": "A counsellor answers and listens to you. The call is recorded; you choose how much you tell. "
    "If somebody is in danger, those who can come and help are told.",
}


def plant(planted, site):
    """Plant needs, organisations, numbers and the words of the help page."""
    for order, (key, name) in enumerate(NEEDS.items(), start=1):
        planted.once(
            f"need/{key}", lambda name=name, order=order: Need.objects.create(name=name, order=order)
        )
    for key, facts in ORGANISATIONS.items():
        planted.once(f"organisation/{key}", lambda facts=facts: _organisation(planted, facts))
    for key, facts in HOTLINES.items():
        planted.once(f"hotline/{key}", lambda facts=facts: _hotline(planted, facts))
    planted.once("help-card/words", lambda: _help_card(site))


def _organisation(planted, facts):
    values = {name: value for name, value in facts.items() if name != "needs"}
    organisation = Organisation.objects.create(**values)
    needs = [planted.find(f"need/{key}") for key in facts["needs"]]
    organisation.needs.set(need for need in needs if need)
    return organisation


def _hotline(planted, facts):
    facts = {"last_checked": CHECKED_ON, "checked_by": CHECKED_BY, **facts}
    facts["organisation"] = planted.find(f"organisation/{facts.get('organisation')}")
    kind = facts.get("kind", Kind.CALL)
    # The staff's own main number, when there is one already, stays the main one.
    facts["is_main"] = (
        facts.get("is_main", False) and not Hotline.objects.filter(kind=kind, is_main=True).exists()
    )
    hotline = Hotline(**facts)
    hotline.full_clean()
    hotline.save()
    return hotline


def _help_card(site):
    card = HelpCard.for_site(site)
    if not card.what_happens:
        card.what_happens = WHAT_HAPPENS
        card.save()
    return card
