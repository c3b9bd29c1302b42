"""Phrases by which this hotline knows a cry for help, beside those that every site begins with.

A beginning, chosen for the demo: a team adds what its own people write.
"""

from campaigns.sms.words.models import CryPhrase

CRY, HINT, HARMLESS = CryPhrase.Weight.CRY, CryPhrase.Weight.HINT, CryPhrase.Weight.HARMLESS
PHRASES = {
    "vi": {
        CRY: [
            "bị … bán",
            "bán tôi/em/cháu/con/chị/mình/chúng",
            "bán … sang/qua … trung/tàu/cam/campuchia/biên … cứu/giúp",
            "lừa … bán/sang/qua",
            "bị … dụ",
            "ép/bắt/buộc … tiếp khách",
            "tiền chuộc",
            "chuộc tôi/em/con/cháu/người/về",
            "giữ/thu/lấy/cầm/tịch … hộ chiếu",
            "giữ/thu/lấy/cầm/tịch hết/mất/giấy … tờ/giấy",
            "giấy tờ … họ/chủ/nó/bị … giữ/thu/lấy/cầm",
            "bị … đưa/chở/dẫn sang/qua/đi",
            "đưa/dẫn/đem tôi/em/con/cháu/mình/chị … sang/qua",
            "nợ mới/không … về",
        ],
        HINT: [
            "sang/qua/bên … trung/tàu/campuchia",
            "qua/bên … biên/sông/giới",
            "bên kia",
            "casino",
            "trung quốc",
            "campuchia",
            "việc nhẹ lương",
            "công ty … lừa/ép/giữ",
        ],
        HARMLESS: [
            "bán hàng/ngô/thảo/trâu/bò/lợn/chuối/dưa/xoài/gạo/vải … sang/qua",
            "buôn bán người",
            "mua bán người",
            "không giữ/cầm giấy tờ",
            "khi/nếu/tránh/chống bị … bán",
        ],
    },
    "en": {
        CRY: [
            "sold me/us/her",
            "trafficked",
            "forced/forcing/force/forces me/us/her",
            "took/taken/take/keep/kept/keeps … passport/papers",
            "tricked",
        ],
        HINT: ["border", "boss", "my passport"],
        HARMLESS: ["about … trafficking"],
    },
}


def plant(planted):
    """Plant the phrases of each language."""
    for language, weight, phrase in rows():
        one = (language, weight, phrase)
        planted.once(f"cry-phrase/{language}/{phrase}", lambda one=one: _phrase(*one))


def rows():
    """Yield each phrase with its language and weight: (language, weight, phrase)."""
    for language, of in PHRASES.items():
        for weight, phrases in of.items():
            for phrase in phrases:
                yield language, weight, phrase


def _phrase(language, weight, phrase):
    if CryPhrase.objects.filter(phrase=phrase).exists():
        return None
    return CryPhrase.objects.create(phrase=phrase, language=language, weight=weight)
