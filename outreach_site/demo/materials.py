"""Words of the four materials. Numbers are never typed here: a block shows each as its record says."""

from outreach_site.demo.sheets import Leaf, Number, Sheet

# In the order in which the library offers them.
TOPICS = {
    "far": {"vi": "Đi làm xa", "en": "Work far away"},
    "net": {"vi": "Quen qua mạng", "en": "Friends on the net"},
    "call": {"vi": "Gọi và hỏi", "en": "Calling and asking"},
}

LEAFLET = Leaf(
    "nam-dieu-nen-hoi",
    {
        "vi": Sheet(
            "Trước khi đi làm xa: năm điều nên hỏi",
            "Đi làm xa là chuyện bình thường. Hỏi kỹ trước khi đi giúp bạn đi yên tâm và về đúng hẹn.",
            (
                "<h2>Năm điều nên hỏi</h2>"
                "<ol><li><b>Việc gì, ở đâu?</b> Hỏi tên nơi làm, địa chỉ, mỗi ngày làm những gì. Nhờ người "
                "giới thiệu viết ra giấy hoặc nhắn tin, để còn xem lại.</li>"
                "<li><b>Lương bao nhiêu, bao giờ trả?</b> Hỏi rõ trừ những khoản nào: tiền ăn, tiền ở, tiền "
                "xe. Nghe “việc nhẹ, lương rất cao” thì hỏi thêm vài người nữa.</li>"
                "<li><b>Có hợp đồng không?</b> Đọc hết rồi hãy ký. Chỗ nào không hiểu thì nhờ người đọc "
                "giúp. Giữ một bản cho mình.</li>"
                "<li><b>Ai giữ giấy tờ?</b> Căn cước, hộ chiếu, điện thoại là của bạn. Cho xem thì được, "
                "đưa giữ hộ thì không.</li>"
                "<li><b>Muốn về thì về bằng cách nào?</b> Để riêng một ít tiền xe. Biết trước ai có thể đón "
                "mình.</li></ol>"
                "<h2>Trước giờ lên xe</h2>"
                "<ul><li>Chụp giấy tờ và biển số xe, gửi cho một người thân.</li>"
                "<li>Hẹn ngày giờ gọi về. Chọn sẵn một câu riêng: nghe câu ấy là người nhà biết bạn cần "
                "giúp.</li>"
                "<li>Thuộc lòng ít nhất hai số điện thoại.</li></ul>"
                "<h2>Nếu đến nơi thấy không giống lời hứa</h2>"
                "<p>Đổi ý không phải là có lỗi. Bạn được quyền hỏi, được quyền từ chối, được quyền về. Hãy "
                "gọi cho người nhà, hoặc gọi số dưới đây để có người cùng nghĩ với bạn.</p>",
                Number("main"),
            ),
        ),
        "en": Sheet(
            "Before you leave for work: five things to ask",
            "To work far from home is nothing unusual. Good questions before you go help you travel in "
            "peace.",
            (
                "<h2>Five things to ask</h2>"
                "<ol><li><b>Which work, and where?</b> Ask for the name of the place, the address, and what "
                "you will do each day. Ask for it on paper or in a message, so that you can read it "
                "again.</li>"
                "<li><b>How much is the pay, and when?</b> Ask what will be taken off: food, room, "
                "transport. If you hear “easy work, very high pay”, ask some more people.</li>"
                "<li><b>Is there a contract?</b> Read all of it before you sign. If you do not understand "
                "something, let somebody read it with you. Keep a copy.</li>"
                "<li><b>Who keeps the papers?</b> Your identity card, passport and phone are yours. Show "
                "them if you must, but do not hand them over to be kept.</li>"
                "<li><b>How can you come home?</b> Put some money for the bus aside. Know who could pick "
                "you up.</li></ol>"
                "<h2>Before you get on the bus</h2>"
                "<ul><li>Take photos of your papers and of the number plate. Send them to somebody close to "
                "you.</li>"
                "<li>Agree on a day and an hour for a call home. Choose a sentence that tells your family "
                "you need help.</li>"
                "<li>Learn at least two phone numbers by heart.</li></ul>"
                "<h2>If it is not as promised</h2>"
                "<p>It is not wrong to change your mind. You may ask, you may say no, you may go home. Call "
                "your family, or call the number below and think it over with somebody.</p>",
                Number("main"),
            ),
        ),
    },
    facts={"kind": "leaflet", "campaign": "di-xa-hoi-truoc", "topics": ["far"]},
    uses={"cover": "picture/path-cover"},
)

POSTER = Leaf(
    "goi-luc-nao",
    {
        "vi": Sheet(
            "Gọi lúc nào, ai nghe máy?",
            "Không cần đợi đến lúc chuyện đã rồi. Gọi chỉ để hỏi cho chắc cũng được.",
            (
                Number("main"),
                "<h2>Gọi lúc nào?</h2>"
                "<ul><li>Có người rủ đi làm xa mà bạn chưa yên tâm.</li>"
                "<li>Người thân đi xa bỗng mất liên lạc, hoặc nói chuyện khác hẳn mọi khi.</li>"
                "<li>Có người giữ giấy tờ, giữ tiền công, không cho bạn về.</li>"
                "<li>Bạn lo cho một đứa trẻ trong xóm.</li>"
                "<li>Bạn chỉ muốn hỏi cho chắc.</li></ul>"
                "<h2>Ai nghe máy?</h2>"
                "<p>Một người tư vấn. Giờ nghe máy và tiền cước luôn ghi ngay cạnh số. Cuộc gọi được ghi "
                "âm. Kể đến đâu là do bạn chọn; chỗ nào chưa rõ, bạn cứ hỏi lại.</p>"
                "<h2>Rồi sao nữa?</h2>"
                "<p>Nếu bạn chỉ cần lời khuyên, cuộc gọi dừng ở đó. Nếu có người đang gặp nguy hiểm, tin "
                "được báo cho nơi có thể đến giúp: công an, bộ đội biên phòng, cảnh sát biển, hoặc ủy ban "
                "nhân dân xã.</p>"
                "<h2>Gọi hộ người khác</h2>"
                "<p>Hàng xóm, thầy cô, chủ nhà trọ, bác tài đều gọi được. Hãy kể điều mắt mình thấy, tai "
                "mình nghe: ở đâu, lúc nào, mấy người. Đừng một mình đi giải quyết.</p>"
                "<h2>Nếu lúc này chưa nói được</h2>"
                "<p>Chờ đến chỗ yên hơn. Hoặc nhắn cho người bạn tin, nhờ người ấy gọi thay. Gọi xong, bạn "
                "có thể xóa số trong danh sách cuộc gọi.</p>",
            ),
        ),
        "en": Sheet(
            "When to call, and who answers?",
            "You need not wait until something has happened. To call and just ask is fine.",
            (
                Number("main"),
                "<h2>When to call?</h2>"
                "<ul><li>Somebody offers you work far away, and you are not sure.</li>"
                "<li>A relative who is away can no longer be reached, or sounds quite different.</li>"
                "<li>Somebody keeps your papers or your pay, or does not let you go home.</li>"
                "<li>You worry about a child next door.</li>"
                "<li>You just want to ask, to be sure.</li></ul>"
                "<h2>Who answers?</h2>"
                "<p>A counsellor. The hours and the cost always stand beside the number. The call is "
                "recorded. You choose how much you tell, and you may ask whenever something is not "
                "clear.</p>"
                "<h2>And then?</h2>"
                "<p>If advice is all you need, the call ends there. If somebody is in danger, those who can "
                "come and help are told: the police, the border guard, the coast guard, or the people’s "
                "committee of the commune.</p>"
                "<h2>Calling for somebody else</h2>"
                "<p>Neighbours, teachers, landlords and drivers can call too. Tell what you saw and heard "
                "yourself: where, when, how many people. Do not try to settle it alone.</p>"
                "<h2>If you cannot speak now</h2>"
                "<p>Wait for a quieter place. Or write to somebody you trust and ask them to call. "
                "Afterwards you can delete the number from the list of calls.</p>",
            ),
        ),
    },
    facts={
        "kind": "poster",
        "campaign": "di-xa-hoi-truoc",
        "also_in": ["ban-moi-quen"],
        "topics": ["far", "call"],
    },
    uses={"cover": "picture/hands-cover"},
)

SCRIPT = Leaf(
    "nguoi-quen-moi-tren-mang",
    {
        "vi": Sheet(
            "Kịch bản phát thanh xã: người quen mới trên mạng",
            "Hai phút cho loa xã, ba giọng đọc. Xã nào cũng có thể đọc theo tiếng của mình.",
            (
                "<h2>Cách đọc</h2>"
                "<p>Ba giọng: người dẫn, người mẹ, người con. Đọc chậm, như đang nói chuyện trong bếp.</p>"
                "<h2>Bên rổ rau</h2>"
                "<p><b>Người dẫn:</b> Kính chào bà con. Chiều nay, ở một nhà trong xã, hai mẹ con đang nhặt "
                "rau.</p>"
                "<p><b>Con:</b> Mẹ ơi, con mới quen một anh trên mạng. Anh ấy bảo trên thành phố có chỗ "
                "làm, lo cả ăn ở, mai đi luôn.</p>"
                "<p><b>Mẹ:</b> Con gặp anh ấy lần nào chưa?</p>"
                "<p><b>Con:</b> Chưa ạ. Nhưng ngày nào anh ấy cũng hỏi thăm con.</p>"
                "<p><b>Mẹ:</b> Người tốt thì chờ được con hỏi cho rõ. Người giục đi ngay thì mẹ con mình "
                "càng phải thong thả.</p>"
                "<h2>Bốn câu hỏi</h2>"
                "<p><b>Người dẫn:</b> Bà con nhớ giúp bốn câu. Một: người ấy là ai, có chịu gọi hình cho "
                "mình thấy mặt không? Hai: chỗ làm ở đâu, gọi đến có ai nghe không? Ba: vì sao phải vội, vì "
                "sao phải giấu người nhà? Bốn: không ưng thì về bằng cách nào?</p>"
                "<p><b>Con:</b> Con hỏi câu thứ hai là anh ấy lảng sang chuyện khác mất rồi.</p>"
                "<p><b>Mẹ:</b> Thế thì mình hỏi thêm người nữa đã. Không đi chuyến này thì đi chuyến "
                "khác.</p>"
                "<h2>Lời nhắn</h2>"
                "<p><b>Người dẫn:</b> Ai cũng có lúc tin nhầm, và đó không phải lỗi của người tin. Bà con "
                "cần người hỏi chuyện thì gọi số sau đây. Xin đọc số thật chậm, hai lần.</p>",
                Number("main"),
            ),
        ),
        "en": Sheet(
            "Script for the commune’s loudspeaker: a new friend on the net",
            "Two minutes for the loudspeaker, three voices. Every commune can read it in its own language.",
            (
                "<h2>How to read it</h2>"
                "<p>Three voices: a speaker, a mother, a daughter. Read slowly, as if you were talking in "
                "the kitchen.</p>"
                "<h2>Over a basket of greens</h2>"
                "<p><b>Speaker:</b> Good evening, everybody. In a house of our commune a mother and her "
                "daughter are picking greens.</p>"
                "<p><b>Daughter:</b> Mother, I have met somebody on the net. He says that there is work for "
                "me in the city, with food and a room. We leave tomorrow.</p>"
                "<p><b>Mother:</b> Have you ever seen him?</p>"
                "<p><b>Daughter:</b> Not yet. But he asks how I am every day.</p>"
                "<p><b>Mother:</b> A good man can wait until you have asked your questions. If he pushes "
                "you to hurry, we take all the more time.</p>"
                "<h2>Four questions</h2>"
                "<p><b>Speaker:</b> Please remember four questions. One: who is it, and will he show his "
                "face in a video call? Two: where is the work, and does anybody answer the phone there? "
                "Three: why the hurry, and why hide it from the family? Four: if it is not right, how do I "
                "come home?</p>"
                "<p><b>Daughter:</b> I asked the second question, and he began to talk about something "
                "else.</p>"
                "<p><b>Mother:</b> Then let us first ask somebody else. There will be another bus.</p>"
                "<h2>A word at the end</h2>"
                "<p><b>Speaker:</b> Everybody trusts the wrong person once, and it is not the fault of the "
                "one who trusted. If you would like to talk to somebody, call this number. Please read it "
                "slowly, and twice.</p>",
                Number("main"),
            ),
        ),
    },
    facts={"kind": "script", "campaign": "ban-moi-quen", "topics": ["net"]},
    uses={"cover": "picture/speaker-cover"},
)

CARD = Leaf(
    "the-bo-vi",
    {
        "vi": Sheet(
            "Thẻ bỏ ví: ba số nên nhớ",
            "Nhỏ bằng thẻ ngân hàng, gập đôi lại thì mặt ngoài để trắng.",
            (
                "<h2>Một: khi cần người nghe và chỉ đường</h2>",
                Number("main"),
                "<h2>Hai: khi trong nhà không yên</h2>",
                Number("peace-house"),
                "<h2>Ba: khi đang ở nước ngoài</h2>",
                Number("citizen-protection"),
                "<h2>Nhớ số mà không cần thẻ</h2>"
                "<ul><li>Đọc to số thứ nhất cùng cả nhà, mỗi tối một lần, trong một tuần. Trẻ nhỏ cũng "
                "thuộc được.</li>"
                "<li>Lưu số vào máy dưới một cái tên bình thường, như tên một người cô.</li>"
                "<li>Ghi số vào mặt trong vỏ điện thoại hay nắp hộp kim chỉ.</li></ul>"
                "<h2>Trước khi phát thẻ</h2>"
                "<p>Hỏi người nhận có chỗ cất không. Nếu có người hay lục ví của họ, hãy cùng học thuộc số "
                "thay vì đưa thẻ. Không ghi tên ai lên thẻ.</p>"
                "<h2>Khi gọi từ nước ngoài</h2>"
                "<p>Số ngắn thường chỉ gọi được ở trong nước. Ra khỏi biên giới thì bấm số thứ ba, đủ cả "
                "dấu cộng và mã nước, hoặc nhờ người ở nhà gọi giúp số thứ nhất.</p>"
                "<h2>Cắt và gập</h2>"
                "<p>In hai mặt trên giấy dày, cắt theo khung, gập đôi. Mỗi tờ A4 được bốn thẻ. Trước khi in "
                "loạt mới, xem lại các số trên trang này: số ở đây luôn là số đang dùng.</p>",
            ),
        ),
        "en": Sheet(
            "A card for the wallet: three numbers to remember",
            "As small as a bank card; folded, it is blank on the outside.",
            (
                "<h2>One: when you need somebody who listens and knows the way</h2>",
                Number("main"),
                "<h2>Two: when there is no peace at home</h2>",
                Number("peace-house"),
                "<h2>Three: when you are in another country</h2>",
                Number("citizen-protection"),
                "<h2>Remembering without a card</h2>"
                "<ul><li>Say the first number aloud with the whole family, once an evening, for a week. "
                "Small children learn it too.</li>"
                "<li>Save the numbers in the phone under an ordinary name, such as an aunt’s.</li>"
                "<li>Write the number inside the phone’s cover, or in the lid of the sewing box.</li></ul>"
                "<h2>Before you hand out the card</h2>"
                "<p>Ask whether the person has a place to keep it. If somebody searches their wallet, learn "
                "the number together instead. Write no name on a card.</p>"
                "<h2>Calling from another country</h2>"
                "<p>The short number usually works only inside Viet Nam. Beyond the border, dial the third "
                "one with the plus sign and the country code, or ask somebody at home to call the first.</p>"
                "<h2>Cutting and folding</h2>"
                "<p>Print it on both sides of thick paper, cut along the frame, fold once. Four cards fit "
                "on one A4 sheet. Before each new print run, look at the numbers on this page: these are "
                "the ones in use.</p>",
            ),
        ),
    },
    facts={"kind": "card", "campaign": "di-xa-hoi-truoc", "topics": ["call"]},
    uses={"cover": "picture/card-cover"},
)

# The newest last: it comes first in lists.
MATERIALS = [CARD, SCRIPT, POSTER, LEAFLET]
