"""Words of the home page, the shelves of the menu, the page about us, and the news."""

from outreach_site.demo.sheets import Leaf, Sheet

DEMO_NOTE = {
    "vi": "<p><b>Nội dung minh họa (demo).</b> Người, nơi gặp và con số trong bài do chúng tôi đặt ra.</p>",
    "en": (
        "<p><b>Made up for the demo.</b> We invented the people, the meetings and the figures in this "
        "text.</p>"
    ),
}

HOME = {
    "vi": Sheet(
        title="Loa",
        introduction="Đi xa hay ở nhà, có điều chưa yên tâm thì hỏi. Ở đây luôn có số để gọi.",
        body=(
            "<h2>Bà con tìm gì ở đây?</h2>"
            "<p>Số điện thoại để hỏi và để nhờ giúp. Tờ rơi ngắn, dễ đọc, in ra được. "
            "Lịch các buổi gặp gỡ ở xã. Đọc xong, bà con kể lại cho người chưa có điện thoại nhé.</p>",
        ),
    ),
    "en": Sheet(
        title="Loa",
        introduction="At home or far away: if something worries you, ask. Here is always a number to call.",
        body=(
            "<h2>What is here for you?</h2>"
            "<p>Phone numbers to ask and to get help. Short leaflets that are easy to read and to print. "
            "Dates of meetings in the communes. When you have read something, tell somebody who has no "
            "phone.</p>",
        ),
    ),
}

CAMPAIGNS = Leaf(
    "chien-dich",
    {
        "vi": Sheet("Chiến dịch", "Những việc cả xã cùng làm: bao giờ, ở đâu, tham gia bằng cách nào."),
        "en": Sheet("Campaigns", "What communes do together: when, where, and how to join."),
    },
    facts={"lists_children": True, "show_in_menus": True},
)
MATERIALS = Leaf(
    "tai-lieu",
    {
        "vi": Sheet("Tài liệu", "Để đọc, để đọc cho nhau nghe, để in và dán ở chỗ nhiều người qua lại."),
        "en": Sheet(
            "Materials",
            "To read, to read aloud to each other, to print and to put up where many people pass.",
        ),
    },
    facts={"show_in_menus": True},
)
EVENTS = Leaf(
    "su-kien",
    {
        "vi": Sheet("Sự kiện", "Các buổi gặp gỡ, triển lãm, tập huấn đã có và sắp có."),
        "en": Sheet("Events", "Meetings, exhibitions and trainings, held and to come."),
    },
    facts={"lists_children": True, "show_in_menus": True},
)
NEWS = Leaf(
    "tin-tuc",
    {
        "vi": Sheet("Tin tức", "Chuyện mới ở các xã và ở các đường dây."),
        "en": Sheet("News", "What is new in the communes and at the hotlines."),
    },
    facts={"lists_children": True, "show_in_menus": True},
)
ABOUT = Leaf(
    "gioi-thieu",
    {
        "vi": Sheet(
            "Giới thiệu",
            "Ai làm trang này, và chúng tôi giữ gì, không giữ gì về bạn.",
            (
                "<h2>Loa là gì?</h2>"
                "<p>Loa là cái loa của xã: nói điều có ích, nói ngắn, nói cho mọi người cùng nghe. Trang "
                "này chỉ cho bạn số điện thoại có người nghe, và kể những việc các xã đang làm để ai đi làm "
                "xa cũng đi yên tâm, về đúng hẹn.</p>"
                "<h2>Ai làm trang này?</h2>"
                "<p>Đây là <b>bản demo</b>. Không cơ quan nào đứng tên trang này. Các chiến dịch, sự kiện, "
                "tin tức và con số đều do chúng tôi đặt ra để bạn xem thử. Riêng các số điện thoại giúp đỡ "
                "được chép từ nguồn đã công bố, trừ số nào ghi là demo; chưa ai gọi thử, nên hãy kiểm tra "
                "lại trước khi in.</p>"
                "<h2>Chúng tôi giữ gì về bạn?</h2>"
                "<ul><li>Đọc trang này, bạn không phải đăng nhập, cũng không ai ghi tên bạn. Chúng tôi chỉ "
                "đếm mỗi ngày có bao nhiêu lượt xem, không giữ địa chỉ mạng, không giữ loại máy.</li>"
                "<li>Trang không gọi đến trang nào khác: không quảng cáo, không nút mạng xã hội nào theo "
                "dõi bạn.</li>"
                "<li>Nếu bạn nhắn tin tham gia, số của bạn được mã hóa. Người làm ở đây chỉ thấy số đã che; "
                "ai cần xem đủ số phải được phép và phải ghi lý do.</li>"
                "<li>Muốn thôi nhận tin, bạn nhắn HUY. Không cần nói vì sao.</li></ul>"
                "<h2>Điều trang này không làm được</h2>"
                "<p>Nút “rời trang” mở ngay một trang khác, nhưng danh sách trang đã xem vẫn còn trong điện "
                "thoại. Nếu có người hay xem máy của bạn, hãy dùng máy của người bạn tin.</p>",
            ),
        ),
        "en": Sheet(
            "About",
            "Who makes this site, and what we keep and do not keep about you.",
            (
                "<h2>What is Loa?</h2>"
                "<p>“Loa” is the loudspeaker of a commune: it says useful things, says them briefly, and "
                "says them to everybody. This site shows you phone numbers that somebody answers. It also "
                "tells what communes do so that people who leave for work travel safely and come home as "
                "planned.</p>"
                "<h2>Who makes it?</h2>"
                "<p>This is a <b>demo</b>. No public body stands behind it. The campaigns, events, news and "
                "figures are made up, so that you can try the site. Only the help numbers are copied from "
                "published sources, except where a number is marked as demo. Nobody has dialled them yet: "
                "check them before you print.</p>"
                "<h2>What do we keep about you?</h2>"
                "<ul><li>You read without an account, and nobody writes down your name. We only count views "
                "for each day. We keep no network address and no type of phone.</li>"
                "<li>The site calls no other site: no advertising, no buttons that follow you.</li>"
                "<li>If you join by text, your number is encrypted. Staff see it with the middle hidden. "
                "Whoever needs to see all of it must have permission and must write down why.</li>"
                "<li>To get no more texts, reply STOP. You need not say why.</li></ul>"
                "<h2>What this site cannot do</h2>"
                "<p>“Leave this page” opens another site at once, but the list of visited pages stays on "
                "the phone. If somebody looks at your phone, use the phone of a person you trust.</p>",
            ),
        ),
    },
    facts={},
)

# In the order in which they were written; `days_ago` is counted from the day of planting.
# The one text with links to other sites and with a number typed by hand, so that the report of links has
# something to show. The addresses are of names kept free for examples; `links.py` says how each fares.
WORKS = "https://example.org/"
MOVED, MOVED_TO = "https://example.com/so-tay-di-lam-xa", "https://example.com/di-lam-xa/so-tay"
DEAD = "https://doc-them.invalid/hop-dong-lao-dong"
TYPED_NUMBER = "1900 96 96 80"
FURTHER = Leaf(
    "doc-them-hoi-them",
    {
        "vi": Sheet(
            "Đọc thêm ở đâu, hỏi thêm ai",
            "Vài địa chỉ nên ghi lại trước khi đi xa, và một số để hỏi khi trong nhà có chuyện.",
            (
                "<p><b>Nội dung minh họa (demo).</b> Các địa chỉ trang mạng trong bài không có thật, chỉ để "
                "thử bảng theo dõi liên kết. Số điện thoại thì có thật.</p>",
                "<h2>Đọc thêm</h2>"
                f'<ul><li><a href="{WORKS}">Những điều nên biết trước khi đi làm xa</a></li>'
                f'<li><a href="{MOVED}">Sổ tay cho người đi làm xa</a>, có phần điền sẵn số của người thân</li>'
                f'<li><a href="{DEAD}">Đọc hợp đồng lao động: chỗ nào cần hỏi lại</a></li></ul>'
                "<h2>Hỏi thêm</h2>"
                f"<p>Khi ở nhà không yên, chị em gọi Ngôi nhà Bình yên: {TYPED_NUMBER}. Người nghe máy hỏi "
                "chuyện trước, chưa cần biết tên.</p>",
            ),
        ),
        "en": Sheet(
            "Where to read more, whom to ask",
            "Some addresses to write down before you go far away, and a number for trouble at home.",
            (
                "<p><b>Made up for the demo.</b> The web addresses in this text do not exist; they are here "
                "to try out the report of links. The phone number is real.</p>",
                "<h2>Read more</h2>"
                f'<ul><li><a href="{WORKS}">What to know before you leave for work</a></li>'
                f'<li><a href="{MOVED}">A notebook for those who work far away</a>, with room for the numbers '
                "of your family</li>"
                f'<li><a href="{DEAD}">Reading a contract: where to ask back</a></li></ul>'
                "<h2>Ask</h2>"
                f"<p>If home is not safe, women call Peace House: {TYPED_NUMBER}. The person who answers "
                "listens first and need not know a name.</p>",
            ),
        ),
    },
    facts={"days_ago": 5},
)

ARTICLES = [
    FURTHER,
    Leaf(
        "cac-duong-day-gap-nhau",
        {
            "vi": Sheet(
                "Bốn đường dây, lần đầu chung một bàn",
                "Một ngày để những người nghe máy biết mặt nhau, và biết chuyển cuộc gọi đến đâu.",
                (
                    DEMO_NOTE["vi"],
                    "<p>Người nghe máy thường làm việc một mình: một chiếc tai nghe, một cuốn sổ, một giọng "
                    "nói ở đầu bên kia. Hôm đó, 46 người từ bốn đường dây và từ các cơ quan hay nhận cuộc "
                    "gọi chuyển đến đã ngồi cùng nhau trọn một ngày ở Hà Nội.</p>"
                    "<h2>Ba điều mang về</h2>"
                    "<ol><li>Một bảng chung ghi ai giúp việc gì, giờ nào, ở đâu, để người gọi không phải kể "
                    "lại từ đầu.</li>"
                    "<li>Một người đầu mối ở mỗi đường dây, gọi tên được, gọi máy được.</li>"
                    "<li>Một lời hẹn: sáu tháng gặp lại, xem bảng chung còn đúng không.</li></ol>"
                    "<p>“Tôi vẫn chuyển cuộc gọi sang bên ấy, mà hôm nay mới biết người bên ấy cười thế "
                    "nào,” một chị nghe máy nói lúc ra về.</p>",
                ),
            ),
            "en": Sheet(
                "Four hotlines, for the first time at one table",
                "One day for those who answer the phone to meet, and to learn where to pass a call on to.",
                (
                    DEMO_NOTE["en"],
                    "<p>Answering a hotline is work that people do alone: a headset, a notebook, a voice at "
                    "the other end. That day 46 people sat together in Hà Nội. They came from four hotlines "
                    "and from the offices to which calls are often passed on.</p>"
                    "<h2>Three things to take home</h2>"
                    "<ol><li>One shared list: who helps with what, at which hours, where. So a caller need "
                    "not tell the story again from the beginning.</li>"
                    "<li>One contact person at each hotline, with a name and a phone.</li>"
                    "<li>One promise: to meet again in six months and see whether the list is still "
                    "right.</li></ol>"
                    "<p>“I have passed calls on to them for so long, and only today I learnt how they "
                    "laugh,” said one of the women as she left.</p>",
                ),
            ),
        },
        facts={"days_ago": 33},
        uses={"lead": "picture/window"},
    ),
    Leaf(
        "goc-hoi-chuyen-o-cho-phien",
        {
            "vi": Sheet(
                "Chợ phiên có thêm một góc hỏi chuyện",
                "Một tấm chiếu, một ấm nước, năm câu hỏi: nhiều bà con dừng lại lâu hơn dự tính.",
                (
                    DEMO_NOTE["vi"],
                    "<p>Sáng Chủ nhật, giữa hàng rau và hàng vải, chị em trong nhóm công tác xã trải một "
                    "tấm chiếu. Không băng rôn, không bàn ghế. Chỉ có ấm nước, chồng thẻ nhỏ và một câu "
                    "mời: “Nhà mình có ai sắp đi làm xa không?”</p>"
                    "<h2>Người ta hỏi gì?</h2>"
                    "<ul><li>Hợp đồng viết chữ nhỏ, ai đọc giúp được?</li>"
                    "<li>Đưa căn cước cho chủ giữ có phải là lệ thường không?</li>"
                    "<li>Con gái nhắn tin khác mọi khi, mẹ nên hỏi thế nào?</li></ul>"
                    "<p>Không phải câu nào cũng có lời đáp ngay. Chị em ghi lại câu hỏi, không ghi tên, và "
                    "hẹn phiên sau trả lời. Người về mang theo tấm thẻ, có người xin thêm cho hàng xóm.</p>",
                ),
            ),
            "en": Sheet(
                "A corner for questions at the market",
                "A mat, a pot of tea, five questions: many people stayed longer than they had planned.",
                (
                    DEMO_NOTE["en"],
                    "<p>On Sunday morning, between the vegetables and the cloth, women of the commune’s "
                    "working group laid out a mat. There was no banner and no table. There was tea, a pile "
                    "of small cards, and one sentence: “Is somebody in your family about to leave for "
                    "work?”</p>"
                    "<h2>What did people ask?</h2>"
                    "<ul><li>The contract is in small print. Who can read it for me?</li>"
                    "<li>Is it usual to give the employer my identity card to keep?</li>"
                    "<li>My daughter’s messages sound different. How should I ask her?</li></ul>"
                    "<p>Not every question had an answer at once. The women wrote down the questions, but "
                    "no names, and promised answers for the next market. People took the card home; some "
                    "asked for one more for a neighbour.</p>",
                ),
            ),
        },
        facts={"days_ago": 12},
        uses={"lead": "picture/market"},
    ),
]
