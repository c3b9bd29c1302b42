"""Words and facts of the two campaigns."""

from outreach_site.demo.sheets import Leaf, Number, Sheet

HAGIANG, ANGIANG = "HAGIANG", "ANGIANG"

# Both run now: `weeks_ago` and `weeks_left` are counted from the day of planting.
CAMPAIGNS = [
    Leaf(
        "di-xa-hoi-truoc",
        {
            "vi": Sheet(
                "Đi xa, hỏi trước",
                "Trước mỗi chuyến đi làm xa, bà con cùng nhau hỏi năm điều. Hỏi trước thì đi yên tâm, về "
                "đúng hẹn.",
                (
                    "<h2>Vì sao hỏi trước?</h2>"
                    "<p>Đi làm xa nuôi được cả nhà. Nhưng đường càng xa thì càng khó hỏi lại. Mười phút hỏi "
                    "ở nhà đáng hơn mười ngày lo ở xứ người. Trong chiến dịch này, xã nào cũng có người "
                    "ngồi nghe và cùng bà con hỏi cho rõ: việc gì, ở đâu, tiền công thế nào, giấy tờ ai "
                    "giữ, muốn về thì về bằng cách nào.</p>"
                    "<h2>Bà con làm được gì ngay?</h2>"
                    "<ul><li>Đọc tờ rơi năm điều, rồi đọc cho người nhà nghe.</li>"
                    "<li>Bỏ tấm thẻ nhỏ vào ví người sắp đi.</li>"
                    "<li>Nhắn tin tham gia. Mỗi tuần bà con nhận một tin ngắn, kiểu như lời dặn của người "
                    "quen.</li>"
                    "<li>Ghé buổi nói chuyện ở chợ, ở nhà văn hóa xã.</li></ul>",
                    Number("main"),
                ),
                {
                    "audience": "Bà con vùng cao và vùng biên, nhà có người sắp đi làm xa",
                    "objectives": "Nhà nào có người sắp đi xa cũng biết năm điều nên hỏi.\n"
                    "Ai cũng biết gọi số nào khi cần.",
                    "welcome": (
                        "Chào bạn, bạn đã có tên trong danh sách. Mỗi tuần một tin ngắn, như lời dặn của "
                        "người quen. Muốn thôi nhận, nhắn HUY HAGIANG."
                    ),
                },
            ),
            "en": Sheet(
                "Going far? Ask first",
                "Before somebody leaves for work, we ask five things together. Who asks first travels in "
                "peace.",
                (
                    "<h2>Why ask first?</h2>"
                    "<p>Work far away can feed a whole family. But the longer the road, the harder it is to "
                    "ask again. Ten minutes of questions at home are better than ten days of worry in a "
                    "strange place. In this campaign somebody in every commune sits down with you and helps "
                    "you ask: which work, where, what pay, who keeps the papers, and how to come home.</p>"
                    "<h2>What can you do now?</h2>"
                    "<ul><li>Read the leaflet with the five questions, then read it aloud at home.</li>"
                    "<li>Put the small card into the wallet of somebody who will leave.</li>"
                    "<li>Join by text. Once a week you get a short text, like a word from a friend.</li>"
                    "<li>Come to a talk at the market or at the commune’s house of culture.</li></ul>",
                    Number("main"),
                ),
                {
                    "audience": (
                        "Families in the mountains and along the border with somebody about to leave for work"
                    ),
                    "objectives": "Every family with somebody about to leave knows the five questions.\n"
                    "Everybody knows which number to call.",
                    "welcome": (
                        "Hello, you are on the list. One short text a week, like a word from a friend. To "
                        "stop, reply STOP HAGIANG."
                    ),
                },
            ),
        },
        facts={
            "keyword": HAGIANG,
            "weeks_ago": 6,
            "weeks_left": 10,
            "places": [
                ("Tỉnh Tuyên Quang", "Xã Đồng Văn"),
                ("Tỉnh Tuyên Quang", "Xã Mèo Vạc"),
                ("Tỉnh Tuyên Quang", "Xã Lũng Cú"),
                ("Tỉnh Tuyên Quang", "Xã Yên Minh"),
                ("Tỉnh An Giang", "Xã Tri Tôn"),
                ("Tỉnh An Giang", "Xã Nhơn Hội"),
            ],
            "partners": ["child-line", "peace-house"],
            # What is counted, with whom, where (a place of the campaign or None), how many, by which week left.
            "targets": [
                ("direct", "all", None, 600, 10),
                ("direct", "women", None, 350, 10),
                ("direct", "all", ("Tỉnh Tuyên Quang", "Xã Đồng Văn"), 150, 4),
                ("signups", "all", None, 60, 10),
                ("views", "all", None, 2500, 10),
            ],
        },
        uses={"lead": "picture/road"},
    ),
    Leaf(
        "ban-moi-quen",
        {
            "vi": Sheet(
                "Bạn mới quen, mình hỏi kỹ",
                "Quen nhau qua điện thoại thì vui. Trước khi nhận lời hẹn hay lời mời đi làm, mình hỏi thêm "
                "một người.",
                (
                    "<h2>Chuyện thường ngày</h2>"
                    "<p>Một tin nhắn lạ, một lời khen, vài tuần sau là lời rủ đi xa. Phần lớn người mới "
                    "quen chẳng có ý gì xấu. Hỏi kỹ không làm mất bạn: bạn tốt thì vui vẻ trả lời, còn "
                    "người giục mình giấu cả nhà thì nên chậm lại.</p>"
                    "<h2>Ba việc nhỏ</h2>"
                    "<ol><li>Xin gọi hình trước khi hẹn gặp.</li>"
                    "<li>Hẹn ở chỗ đông người, báo cho một người biết mình đi đâu, mấy giờ về.</li>"
                    "<li>Đừng gửi ảnh giấy tờ, ảnh riêng tư, cũng đừng chuyển tiền cho người chưa "
                    "gặp.</li></ol>"
                    "<p>Cha mẹ ơi, con kể thì mình nghe trước, dặn sau. Bị mắng một lần, lần sau con sẽ "
                    "không kể nữa.</p>",
                    Number("main"),
                ),
                {
                    "audience": "Các bạn trẻ ở An Giang và cha mẹ",
                    "objectives": "Các bạn trẻ biết ba việc nên làm trước khi hẹn gặp bạn mới quen.",
                    "welcome": "Chào bạn, bạn đã có tên trong danh sách. Mỗi tuần một tin ngắn. "
                    "Muốn thôi nhận, nhắn HUY ANGIANG.",
                },
            ),
            "en": Sheet(
                "New friends, good questions",
                "Meeting people by phone is fun. Before you agree to a date or a job, ask one more person.",
                (
                    "<h2>An everyday story</h2>"
                    "<p>A message from a stranger, a kind word, and some weeks later an invitation to "
                    "travel. Most new friends mean no harm. Good questions do not cost you a friend: a good "
                    "one answers gladly. With somebody who wants you to hide things from your family, slow "
                    "down.</p>"
                    "<h2>Three small things</h2>"
                    "<ol><li>Ask for a video call before you meet.</li>"
                    "<li>Meet where there are many people. Tell somebody where you go and when you will be "
                    "back.</li>"
                    "<li>Send no photos of papers and no private photos, and no money, to people you have "
                    "not met.</li></ol>"
                    "<p>Parents: when your child tells you something, listen first and advise later. A "
                    "child who is scolded once will not tell you the next time.</p>",
                    Number("main"),
                ),
                {
                    "audience": "Young people in An Giang, and their parents",
                    "objectives": "Young people know three things to do before they meet a new friend.",
                    "welcome": (
                        "Hello, you are on the list. One short text a week. To stop, reply STOP ANGIANG."
                    ),
                },
            ),
        },
        facts={
            "keyword": ANGIANG,
            "weeks_ago": 5,
            "weeks_left": 7,
            "places": [("Tỉnh An Giang", "")],
            "partners": ["child-line"],
            "targets": [("signups", "all", None, 40, 7), ("direct", "children", None, 200, 7)],
        },
        uses={"lead": "picture/river"},
    ),
]
