"""Words and facts of the events: those held, the one that is on, those to come.

`days` counts from the day of planting to the first day; `weekday` (0 is Monday) then moves it to the
nearest such day, `lasts` is the number of days. `counts` are the head counts, by day of the event:
{(sex, age band): people}.
"""

from datetime import time, timedelta

from campaigns.reach.ledger import AgeBand, Sex
from outreach_site.demo.sheets import Drawing, Leaf, Number, Sheet

F, M, NOT_SAID = Sex.FEMALE, Sex.MALE, Sex.NOT_RECORDED
CHILD, ADULT, OLDER, NO_AGE = AgeBand.CHILD, AgeBand.ADULT, AgeBand.OLDER, AgeBand.NOT_RECORDED

MONDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 2, 3, 4, 5, 6

HANOI = ("Thành phố Hà Nội", "Phường Hoàn Kiếm")
DONG_VAN = ("Tỉnh Tuyên Quang", "Xã Đồng Văn")
MEO_VAC = ("Tỉnh Tuyên Quang", "Xã Mèo Vạc")
HA_GIANG = ("Tỉnh Tuyên Quang", "Phường Hà Giang 2")
TRI_TON = ("Tỉnh An Giang", "Xã Tri Tôn")
NHON_HOI = ("Tỉnh An Giang", "Xã Nhơn Hội")
LONG_XUYEN = ("Tỉnh An Giang", "Phường Long Xuyên")


def first_day(facts, today):
    """Return the first day of the event with `facts` when it is planted on `today`."""
    wanted = today + timedelta(days=facts["days"])
    if "weekday" not in facts:
        return wanted
    ahead = (facts["weekday"] - wanted.weekday()) % 7
    return wanted + timedelta(days=ahead if ahead <= 3 else ahead - 7)


CENTRAL_MEETING = Leaf(
    "hop-nhom-cong-tac-trung-uong",
    {
        "vi": Sheet(
            "Họp nhóm công tác trung ương",
            "Duyệt kế hoạch ba tháng, chia việc cho từng thành viên, bàn cách nói chuyện với bà con.",
            (
                "<h2>Chương trình</h2>"
                "<ol><li>Điểm lại việc đã làm ở hai tỉnh.</li>"
                "<li>Ai lo việc gì: mỗi cơ quan một đầu mối.</li>"
                "<li>Truyền thông: tờ rơi, loa xã, tin nhắn, tiếng nào đọc trước.</li>"
                "<li>Lịch họp kỳ sau.</li></ol>",
            ),
            {
                "place": "Phòng họp tầng 2 (địa điểm minh họa)",
                "audience": "Thành viên nhóm công tác",
                "organisers": "Ban điều phối (demo)",
            },
        ),
        "en": Sheet(
            "Central working-group meeting",
            "The plan for three months, who does what, and how to talk with people in the communes.",
            (
                "<h2>Agenda</h2>"
                "<ol><li>What has been done in the two provinces.</li>"
                "<li>Who does what: one contact in each office.</li>"
                "<li>Communication: leaflets, loudspeakers, texts, and which language first.</li>"
                "<li>The date of the next meeting.</li></ol>",
            ),
            {
                "place": "Meeting room on the 2nd floor (made-up place)",
                "audience": "Members of the working group",
                "organisers": "Coordination team (demo)",
            },
        ),
    },
    facts={
        "kind": "central",
        "area": HANOI,
        "days": -42,
        "weekday": FRIDAY,
        "hours": (time(8, 30), time(11, 30)),
        "counts": [{(F, ADULT): 8, (M, ADULT): 9}],
    },
)

WORKSHOP = Leaf(
    "hoi-thao-ket-noi-duong-day",
    {
        "vi": Sheet(
            "Hội thảo kết nối các đường dây trợ giúp",
            "Những người nghe máy gặp nhau lần đầu: mỗi nơi giúp được gì, chuyển cuộc gọi cho nhau ra sao.",
            (
                "<h2>Buổi sáng</h2>"
                "<p>Bốn đường dây kể việc của mình: ai gọi đến, hỏi gì nhiều nhất, việc gì làm được, việc "
                "gì phải nhờ.</p>"
                "<h2>Buổi chiều: hai nhóm</h2>"
                "<ul><li>Nhóm một: giữ được người nghe máy giỏi; đến được với bà con vùng xa.</li>"
                "<li>Nhóm hai: danh bạ chung và cách chuyển cuộc gọi mà người gọi không phải kể "
                "lại.</li></ul>",
            ),
            {
                "place": "Hội trường lớn (địa điểm minh họa)",
                "audience": "Đại biểu của các đường dây và cơ quan chuyển gửi, theo giấy mời",
                "organisers": "Ban điều phối (demo)",
            },
        ),
        "en": Sheet(
            "Workshop to link the hotlines",
            "Those who answer the phones meet for the first time: who helps with what, and how to pass "
            "calls on.",
            (
                "<h2>Morning</h2>"
                "<p>Four hotlines tell about their work: who calls, what people ask most, what they can do, "
                "and when they need others.</p>"
                "<h2>Afternoon: two groups</h2>"
                "<ul><li>Group one: how to keep good counsellors, and how to reach people in remote "
                "places.</li>"
                "<li>Group two: a shared directory, and how to pass on a call so that nobody must tell the "
                "story twice.</li></ul>",
            ),
            {
                "place": "Main hall (made-up place)",
                "audience": "Delegates of the hotlines and of the offices they refer to, by invitation",
                "organisers": "Coordination team (demo)",
            },
        ),
    },
    facts={
        "kind": "workshop",
        "area": HANOI,
        "days": -35,
        "weekday": FRIDAY,
        "hours": (time(8, 0), time(16, 30)),
        "counts": [{(F, ADULT): 27, (M, ADULT): 19}],
    },
)

AN_GIANG_MEETING = Leaf(
    "hop-nhom-cong-tac-an-giang",
    {
        "vi": Sheet(
            "Họp nhóm công tác tỉnh An Giang",
            "Lao động, công an, bộ đội biên phòng và hội phụ nữ cùng xem lại danh sách đầu mối ở xã.",
            (
                "<h2>Chương trình</h2>"
                "<ol><li>Đầu mối ở từng xã: ai còn làm, ai đã đổi việc.</li>"
                "<li>Các buổi nói chuyện trong tháng.</li>"
                "<li>Tài liệu còn thiếu, nhất là bản đọc thành tiếng.</li></ol>",
            ),
            {
                "place": "Phòng họp (địa điểm minh họa)",
                "audience": "Thành viên nhóm công tác tỉnh",
                "organisers": "Nhóm công tác tỉnh An Giang (demo)",
            },
        ),
        "en": Sheet(
            "Working-group meeting of An Giang",
            "Labour office, police, border guard and women’s union check the list of contacts in the "
            "communes.",
            (
                "<h2>Agenda</h2>"
                "<ol><li>Contacts in each commune: who still does it, who has moved on.</li>"
                "<li>The talks of this month.</li>"
                "<li>Materials that are missing, above all recordings.</li></ol>",
            ),
            {
                "place": "Meeting room (made-up place)",
                "audience": "Members of the provincial working group",
                "organisers": "Provincial working group of An Giang (demo)",
            },
        ),
    },
    facts={
        "kind": "provincial",
        "area": LONG_XUYEN,
        "days": -24,
        "weekday": THURSDAY,
        "hours": (time(14, 0), time(16, 30)),
        "counts": [{(F, ADULT): 6, (M, ADULT): 8}],
    },
)

DONG_VAN_TALK = Leaf(
    "noi-chuyen-cho-phien-dong-van",
    {
        "vi": Sheet(
            "Nói chuyện bên chợ phiên Đồng Văn",
            "Một tấm chiếu, một ấm nước, năm câu hỏi trước khi đi làm xa. Ai cũng ghé được, không cần hẹn.",
            (
                "<p>Chị em nhóm công tác xã ngồi ở góc chợ cả buổi sáng. Bà con hỏi gì cũng được. Có người "
                "đọc giúp hợp đồng, có thẻ nhỏ mang về. Trẻ em có chỗ ngồi vẽ.</p>",
                Number("main"),
            ),
            {
                "place": "Góc chợ, gần gốc cây to (địa điểm minh họa)",
                "audience": "Bà con đi chợ",
                "organisers": "Hội phụ nữ xã (demo)",
            },
        ),
        "en": Sheet(
            "Talk at the market of Đồng Văn",
            "A mat, a pot of tea, five questions before leaving for work. Just come by.",
            (
                "<p>Women of the commune’s working group sit in a corner of the market all morning. Ask "
                "whatever you like. Somebody reads contracts with you, and there are small cards to take "
                "home. Children can sit and draw.</p>",
                Number("main"),
            ),
            {
                "place": "Corner of the market, near the big tree (made-up place)",
                "audience": "Everybody at the market",
                "organisers": "Women’s union of the commune (demo)",
            },
        ),
    },
    facts={
        "kind": "session",
        "area": DONG_VAN,
        "campaign": "di-xa-hoi-truoc",
        "days": -14,
        "weekday": SUNDAY,
        "hours": (time(7, 30), time(11, 0)),
        "counts": [
            {
                (F, ADULT): 31,
                (M, ADULT): 17,
                (F, CHILD): 14,
                (M, CHILD): 9,
                (F, OLDER): 5,
                (M, OLDER): 3,
                (NOT_SAID, NO_AGE): 4,
            }
        ],
    },
)

TRI_TON_TALK = Leaf(
    "noi-chuyen-tri-ton",
    {
        "vi": Sheet(
            "Nói chuyện ở hiên nhà văn hóa Tri Tôn",
            "Bạn mới quen trên mạng: hỏi gì, hẹn ở đâu, kể cho ai. Cha mẹ và con cùng đến càng vui.",
            (
                "<p>Buổi tối mát, ngồi ngoài hiên. Ba cảnh ngắn do các bạn trẻ trong xã tự diễn, sau mỗi "
                "cảnh mọi người cùng bàn: là mình thì mình làm gì? Có người nói được tiếng Khmer ngồi "
                "cùng.</p>",
                Number("main"),
            ),
            {
                "place": "Hiên nhà văn hóa xã (địa điểm minh họa)",
                "audience": "Bạn trẻ và cha mẹ",
                "organisers": "Đoàn thanh niên xã (demo)",
            },
        ),
        "en": Sheet(
            "Talk on the porch of the house of culture, Tri Tôn",
            "A new friend on the net: what to ask, where to meet, whom to tell. Come with your parents.",
            (
                "<p>A cool evening on the porch. Young people of the commune play three short scenes. After "
                "each of them everybody talks: what would I do? Somebody who speaks Khmer sits with us.</p>",
                Number("main"),
            ),
            {
                "place": "Porch of the commune’s house of culture (made-up place)",
                "audience": "Young people and their parents",
                "organisers": "Youth union of the commune (demo)",
            },
        ),
    },
    facts={
        "kind": "session",
        "area": TRI_TON,
        "campaign": "ban-moi-quen",
        "days": -9,
        "weekday": SATURDAY,
        "hours": (time(18, 30), time(20, 30)),
        "counts": [
            {
                (F, ADULT): 24,
                (M, ADULT): 12,
                (F, CHILD): 8,
                (M, CHILD): 6,
                (F, OLDER): 3,
                (M, OLDER): 1,
                (NOT_SAID, NO_AGE): 3,
            }
        ],
    },
)

EXHIBITION = Leaf(
    "trien-lam-thu-nha",
    {
        "vi": Sheet(
            "Triển lãm “Thư nhà”",
            "Hai tuần tranh vẽ và thư của người đi làm xa gửi về. Vào cửa tự do, xem bao lâu tùy bạn.",
            (
                "<p>Mỗi bức thư một chuyện nhỏ: bữa cơm đầu tiên xa nhà, tháng lương đầu tiên, con đường "
                "về. Tên người viết đã đổi, không có ảnh chân dung. Ở phòng cuối có giấy bút: bạn có thể "
                "viết cho người nhà mình một lá.</p>",
                Drawing(
                    "window",
                    "Tranh vẽ: buổi tối, một khung cửa sổ sáng đèn, ấm nước và lá thư trên bậu cửa",
                    "Hình vẽ minh họa",
                ),
                "<h2>Xem triển lãm</h2>"
                "<ul><li>Mở cửa mỗi ngày, từ 9 giờ đến 17 giờ.</li><li>Lối vào không có bậc thềm.</li>"
                "<li>Có người đọc thư thành tiếng lúc 10 giờ và 15 giờ.</li></ul>",
            ),
            {
                "place": "Phòng tranh tầng trệt (địa điểm minh họa)",
                "audience": "Tất cả mọi người",
                "organisers": "Nhóm Thư nhà (demo)",
            },
        ),
        "en": Sheet(
            "Exhibition “Letters home”",
            "Two weeks of drawings and letters by people who work far away. Free entry; stay as long as you "
            "like.",
            (
                "<p>Each letter tells a small story: the first meal away from home, the first pay, the road "
                "back. The names are changed, and there are no portraits. In the last room there are paper "
                "and pens: write a letter to your own family.</p>",
                Drawing(
                    "window",
                    "Drawing: evening, a window with light in it, a teapot and a letter on the sill",
                    "Drawn for the demo",
                ),
                "<h2>Visiting</h2>"
                "<ul><li>Open every day from 9:00 to 17:00.</li><li>The entrance has no step.</li>"
                "<li>Letters are read aloud at 10:00 and 15:00.</li></ul>",
            ),
            {
                "place": "Gallery on the ground floor (made-up place)",
                "audience": "Everybody",
                "organisers": "The Letters Home group (demo)",
            },
        ),
    },
    facts={
        "kind": "exhibition",
        "area": HANOI,
        "days": -5,
        "lasts": 14,
        "hours": (time(9, 0), time(17, 0)),
        "counts": [
            {(F, NO_AGE): 38, (M, NO_AGE): 21, (NOT_SAID, NO_AGE): 5},
            {(F, NO_AGE): 22, (M, NO_AGE): 16, (NOT_SAID, NO_AGE): 3},
        ],
    },
)

HA_GIANG_MEETING = Leaf(
    "hop-nhom-cong-tac-tuyen-quang",
    {
        "vi": Sheet(
            "Họp nhóm công tác tỉnh Tuyên Quang",
            "Chia lịch nói chuyện ở các xã vùng cao trước mùa đi làm ăn xa.",
            (
                "<h2>Chương trình</h2>"
                "<ol><li>Xã nào lâu chưa ai đến.</li><li>Lịch đi chợ phiên ba tháng tới.</li>"
                "<li>Bản thu tiếng dân tộc: ai đọc, ai nghe lại.</li></ol>",
            ),
            {
                "place": "Phòng họp (địa điểm minh họa)",
                "audience": "Thành viên nhóm công tác tỉnh",
                "organisers": "Nhóm công tác tỉnh Tuyên Quang (demo)",
            },
        ),
        "en": Sheet(
            "Working-group meeting of Tuyên Quang",
            "Dates for talks in the mountain communes, before the season in which people leave for work.",
            (
                "<h2>Agenda</h2>"
                "<ol><li>Communes where nobody has been for long.</li>"
                "<li>Market days of the next three months.</li>"
                "<li>Recordings in minority languages: who reads, who checks.</li></ol>",
            ),
            {
                "place": "Meeting room (made-up place)",
                "audience": "Members of the provincial working group",
                "organisers": "Provincial working group of Tuyên Quang (demo)",
            },
        ),
    },
    facts={
        "kind": "provincial",
        "area": HA_GIANG,
        "days": 10,
        "weekday": WEDNESDAY,
        "hours": (time(8, 30), time(11, 0)),
    },
)

TRAINING = Leaf(
    "tap-huan-nguoi-nghe-may",
    {
        "vi": Sheet(
            "Tập huấn người nghe máy mới",
            "Năm ngày cho mười hai người sắp ngồi vào bàn trực: lắng nghe, hỏi vừa đủ, chuyển đúng nơi, tự "
            "giữ sức.",
            (
                "<h2>Năm ngày</h2>"
                "<ol><li>Lắng nghe: im lặng cũng là một câu trả lời.</li><li>Hỏi vừa đủ, ghi vừa đủ.</li>"
                "<li>Danh bạ và cách chuyển cuộc gọi.</li><li>Cuộc gọi khó: đóng vai, nghe lại, góp ý.</li>"
                "<li>Giữ sức cho mình và cho đồng nghiệp.</li></ol>"
                "<p>Ngày nào cũng có phiên dịch tiếng Anh cho giảng viên khách.</p>",
            ),
            {
                "place": "Phòng tập huấn (địa điểm minh họa)",
                "audience": "Người nghe máy mới, theo danh sách",
                "organisers": "Ban điều phối (demo)",
            },
        ),
        "en": Sheet(
            "Training of new counsellors",
            "Five days for twelve new people: listen, ask just enough, refer to the right place, look after "
            "yourself.",
            (
                "<h2>Five days</h2>"
                "<ol><li>Listening: silence is an answer too.</li>"
                "<li>Ask just enough, write down just enough.</li>"
                "<li>The directory, and passing on a call.</li>"
                "<li>Difficult calls: play, listen again, comment.</li>"
                "<li>Looking after yourself and your colleagues.</li></ol>"
                "<p>There is interpreting from and into English for the guest trainer.</p>",
            ),
            {
                "place": "Training room (made-up place)",
                "audience": "New counsellors, by list",
                "organisers": "Coordination team (demo)",
            },
        ),
    },
    facts={
        "kind": "training",
        "area": HANOI,
        "days": 21,
        "weekday": MONDAY,
        "lasts": 5,
        "hours": (time(8, 30), time(16, 30)),
    },
)

CAMPAIGN_DAY = Leaf(
    "ngay-hoi-truoc-khi-di",
    {
        "vi": Sheet(
            "Ngày hội “Hỏi trước khi đi” ở Nhơn Hội",
            "Đua xuồng, hát, và một dãy bàn để hỏi: hợp đồng, giấy tờ, đường về.",
            (
                "<p>Buổi sáng đua xuồng, buổi chiều văn nghệ. Suốt ngày có bàn hỏi đáp và chỗ chụp giấy tờ "
                "gửi cho người nhà. Bà con mang theo hợp đồng, có người đọc cùng.</p>",
                Number("main"),
            ),
            {
                "place": "Bến sông đầu xã (địa điểm minh họa)",
                "audience": "Bà con trong xã và các xã bên",
                "organisers": "Ủy ban xã và hội phụ nữ (demo)",
            },
        ),
        "en": Sheet(
            "Ask-first day in Nhơn Hội",
            "Boat races, songs, and tables for questions: contracts, papers, the way home.",
            (
                "<p>Boat races in the morning, songs in the afternoon. All day there are tables for "
                "questions, and a place to photograph your papers and send them to your family. Bring your "
                "contract; somebody reads it with you.</p>",
                Number("main"),
            ),
            {
                "place": "Landing at the edge of the commune (made-up place)",
                "audience": "People of this commune and of its neighbours",
                "organisers": "The commune and its women’s union (demo)",
            },
        ),
    },
    facts={
        "kind": "campaign-day",
        "area": NHON_HOI,
        "campaign": "di-xa-hoi-truoc",
        "days": 33,
        "weekday": SUNDAY,
        "hours": (time(7, 0), time(17, 0)),
    },
)

SURVEY = Leaf(
    "khao-sat-dau-ky",
    {
        "vi": Sheet(
            "Khảo sát đầu kỳ ở Mèo Vạc",
            "Hỏi hai trăm nhà: bà con nghe tin từ đâu, tin ai, và đã biết số nào để gọi. Không hỏi tên.",
            (
                "<p>Mỗi nhà khoảng mười lăm phút, ai không muốn trả lời thì thôi. Người hỏi nói được tiếng "
                "của thôn. Kết quả chỉ là con số, và sẽ được kể lại cho các xã.</p>",
            ),
            {
                "place": "Các thôn trong xã",
                "audience": "Hai trăm nhà chọn bằng rút thăm",
                "organisers": "Nhóm khảo sát (demo)",
            },
        ),
        "en": Sheet(
            "Baseline survey in Mèo Vạc",
            "Two hundred households: where news comes from, whom people trust, which number they know. No "
            "names.",
            (
                "<p>About fifteen minutes in each house, and nobody has to answer. Those who ask speak the "
                "language of the village. The result is figures only, and the communes will hear about "
                "it.</p>",
            ),
            {
                "place": "Villages of the commune",
                "audience": "Two hundred households, drawn by lot",
                "organisers": "Survey team (demo)",
            },
        ),
    },
    facts={
        "kind": "survey",
        "status": "planned",
        "area": MEO_VAC,
        "campaign": "di-xa-hoi-truoc",
        "days": 44,
        "weekday": MONDAY,
        "lasts": 5,
    },
)

# By date.
EVENTS = [
    CENTRAL_MEETING,
    WORKSHOP,
    AN_GIANG_MEETING,
    DONG_VAN_TALK,
    TRI_TON_TALK,
    EXHIBITION,
    HA_GIANG_MEETING,
    TRAINING,
    CAMPAIGN_DAY,
    SURVEY,
]
