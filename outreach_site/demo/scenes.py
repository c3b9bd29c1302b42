"""The pictures of the demo, drawn: places and things, nobody's face."""

import io
import math
import random

from outreach_site.demo.art import LEAF, PAPER, WARM, Canvas, curve, mix
from outreach_site.demo.cloth import drape, weave
from outreach_site.demo.things import (
    back_fingers,
    bag,
    basket,
    birds,
    boat,
    bus,
    cone_hat,
    crescent,
    grass,
    hyacinth,
    karst,
    milestone,
    opening,
    palm,
    pole,
    ridge,
    ripples,
    shelter,
    sleeve,
    stilt_house,
    sugar_palm,
    terraces,
    tree,
    village,
    wall,
    winding,
)

WIDE, TALL = (1600, 900), (900, 1200)


def mountains(canvas):
    """Dawn over terraces."""
    canvas.sky("#b9d3cf", "#dde5d8", "#f6e6cc", "#f5cf9f", bottom=470)
    canvas.glow(1090, 372, 1100, "#fff0cf", 0.95)
    canvas.disc(1090, 366, 112, "#fff6df")
    karst(canvas, 5, 400, 190, "#b7c9be", "#f3dfc0", count=9, foot=560)
    canvas.glow(1090, 420, 900, "#fbe1b4", 0.5, 300)
    karst(canvas, 12, 470, 210, "#86aca0", "#ecdfc3", count=7, foot=640)
    ridge(canvas, 21, 500, 70, "#5f9486", "#dfdcc2", foot=700)
    canvas.soft(
        [(-50, 520), (900, 548), (1700, 520), (1700, 570), (800, 600), (-50, 575)], "#f9ecd3", 0.75, 26
    )
    ridge(canvas, 33, 590, 62, "#35786a", "#7da793", foot=820)
    canvas.fill(curve([(120, 720), (300, 640), (470, 622), (640, 640), (820, 720)]), "#4a8d77", "#3c7f6b")
    tree(canvas, 300, 646, 70, "#2b6b5b", 3)
    tree(canvas, 352, 642, 48, "#2b6b5b", 4)
    stilt_house(canvas, 384, 646, 104, roof="#7a5236", wall="#a97f57", light="#ffe3a3")
    stilt_house(canvas, 524, 644, 80, roof="#6d4a33", wall="#9c744f", light="#ffe3a3")
    tree(canvas, 632, 652, 56, "#2f7060", 6)
    smoke = curve([(452, 576), (462, 540), (446, 508), (470, 470), (462, 430)])
    canvas.soft([*smoke, *reversed([(x + 16, y) for x, y in smoke])], "#fff6e6", 0.55, 9)
    terraces(
        canvas,
        676,
        612,
        bottom=930,
        count=12,
        seed=8,
        pools=["#c3d3a4", "#efdcb4", "#a9c79a", "#8fba90", "#5f9d7b", "#4a8d72"],
        bank=LEAF,
        shade="#0a463d",
    )
    canvas.glow(1050, 700, 1000, "#fff0cc", 0.36, 460)
    birds(canvas, [(700, 236, 17), (748, 258, 12), (664, 272, 11)], "#4d6b69")


def river(canvas):
    """A wide river in the afternoon: boats, palms, houses over the water."""
    canvas.sky("#c4dbd6", "#e6e9d8", "#f8e6c4", "#f6cf99", bottom=440)
    canvas.glow(470, 350, 1000, "#fff2d2", 0.95)
    canvas.disc(470, 338, 104, "#fff8e4")
    ridge(canvas, 4, 380, 80, "#a9c3b6", "#f3dcb4", foot=470)
    ridge(canvas, 15, 408, 46, "#7fa99a", "#e6d5ae", foot=480)
    canvas.sky("#f6d8a6", "#d9d8b4", "#8dbbab", "#4b9484", "#2d7668", top=440)
    dice = random.Random(3)
    for number in range(60):
        x = number * 28 - 20 + dice.uniform(-9, 9)
        canvas.disc(
            x, 438, dice.uniform(34, 66), mix("#3f8070", "#6d9f89", dice.random()), dice.uniform(18, 44)
        )
    canvas.soft([(-20, 442), (1620, 442), (1620, 470), (-20, 470)], "#2f6f62", 0.55, 8)
    for x, high in ((120, 150), (205, 122), (262, 176), (700, 120), (762, 150), (1010, 128)):
        sugar_palm(canvas, x, 444, high, "#2f6f60")
    canvas.glow(470, 560, 330, "#fff3d6", 0.75, 420)
    ripples(canvas, 5, 462, 640, lambda near: mix("#fff3d8", "#f2d9a8", near), 46, left=350, right=590)
    ripples(canvas, 6, 470, 880, lambda near: mix("#f4e3bf", "#6fae9c", near), 80)
    ripples(canvas, 7, 560, 890, lambda near: mix("#5b9e8f", "#246458", near), 46)
    for x, y, size, roof in (
        (1020, 486, 120, "#8a6244"),
        (1180, 508, 165, "#74503a"),
        (1390, 540, 220, "#86583c"),
    ):
        canvas.soft(
            [(x - 10, y), (x + size + 10, y), (x + size, y + size * 0.62), (x + 6, y + size * 0.62)],
            "#2b5d52",
            0.62,
            9,
        )
        stilt_house(canvas, x, y, size, roof=roof, wall="#b78a5e", light="#ffe6ac", stilts=0.34)
    ripples(canvas, 9, 500, 690, lambda near: mix("#8dbbab", "#5b9e8f", near), 40, left=1000)
    canvas.line([(1130, 449), (1190, 455)], "#6d4c38", 6)
    canvas.line([(1338, 456), (1400, 468)], "#6d4c38", 8)
    boat(canvas, 250, 560, 190, "#6f4a35")
    boat(canvas, 560, 690, 400, "#7a4f36", canopy="#c79f68", load=["#c2783f", "#7ea35e", "#d79a4a"])
    boat(canvas, 1080, 620, 160, "#5f4636")
    for x, y, size in (
        (24, 830, 80),
        (80, 880, 120),
        (180, 892, 92),
        (268, 890, 70),
        (1560, 880, 110),
        (1470, 894, 82),
        (1400, 896, 56),
    ):
        hyacinth(canvas, x, y, size)
    birds(canvas, [(820, 210, 17), (872, 236, 12), (780, 250, 11)], "#54706b")


def road(canvas):
    """A road through the hills, and a shelter where the bus stops."""
    canvas.sky("#bcd6d3", "#dfe7da", "#f5ead2", "#f6d9ae", bottom=480)
    canvas.glow(620, 400, 1000, "#fff2d6", 0.9)
    karst(canvas, 31, 430, 200, "#b3c8bd", "#f1e0c3", count=8, foot=580)
    ridge(canvas, 8, 470, 90, "#7fa99b", "#e5dfc4", foot=650)
    canvas.soft([(-50, 500), (1700, 510), (1700, 550), (-50, 545)], "#f8ecd4", 0.7, 22)
    ridge(canvas, 18, 540, 64, "#4f8f7d", "#a9c2a2", foot=740)
    for x, size, seed in ((150, 54, 1), (196, 40, 2), (1180, 48, 5), (1240, 62, 7), (480, 38, 9)):
        tree(canvas, x, 600, size, "#3a7c6a", seed)
    hill = curve([(-40, 640), (260, 590), (620, 600), (980, 566), (1300, 600), (1640, 570)])
    canvas.fill([*hill, (1640, 910), (-40, 910)], "#7cad88", "#4e9176", "#2a7563")
    lane, line = winding(
        [
            (905, 572, 7),
            (960, 590, 12),
            (880, 616, 24),
            (700, 648, 44),
            (690, 690, 74),
            (860, 742, 120),
            (900, 810, 200),
            (700, 930, 360),
        ]
    )
    verge = [(x - wide * 0.58, y) for x, y, wide in line] + [
        (x + wide * 0.58, y) for x, y, wide in reversed(line)
    ]
    canvas.fill(verge, "#a9c294", "#5f9a78")
    canvas.fill(lane, "#f4e4c4", "#e3caa0", "#cba97a")
    bus(canvas, 868, 607, 46)
    near = curve([(-60, 772), (110, 748), (300, 776), (440, 840), (520, 912)])
    canvas.fill([*near, (-60, 912)], "#3d8c74", "#1d6a59")
    tree(canvas, 96, 800, 210, "#2a7763", 21)
    tree(canvas, 236, 806, 120, "#33826c", 22)
    shelter(canvas, 1150, 770, 330)
    tree(canvas, 1520, 780, 300, "#23705d", 12)
    milestone(canvas, 1046, 806, 36)
    grass(canvas, 5, [(x, 905) for x in range(-10, 430, 26)], 74, "#0f5949")
    grass(canvas, 6, [(x, 908) for x in range(1120, 1620, 24)], 58, "#12604f")
    birds(canvas, [(380, 210, 16), (428, 232, 11), (344, 248, 10)], "#54706b")


def loudspeaker(canvas):
    """A loudspeaker over a village in the morning."""
    canvas.sky("#bfd8d5", "#e2e9dc", "#f8ead0", "#f7d5a6", bottom=680)
    canvas.glow(420, 470, 1100, "#fff2d3", 0.9)
    ridge(canvas, 9, 500, 110, "#a9c4b8", "#f3e2c4", foot=690)
    ridge(canvas, 19, 560, 80, "#6fa090", "#dcdcc0", foot=760)
    canvas.soft([(-50, 620), (1700, 612), (1700, 650), (-50, 660)], "#f9edd6", 0.7, 22)
    village(
        canvas,
        4,
        700,
        [(90, 700, 96), (300, 690, 84), (500, 706, 100), (720, 694, 90), (1260, 700, 96), (1450, 694, 90)],
        roofs=["#b5714a", "#9c6244", "#a96a47"],
        wall="#ead5ad",
        leaves=["#3f8571", "#4c9079"],
    )
    ground = curve([(-40, 720), (300, 700), (700, 716), (1100, 702), (1640, 724)])
    canvas.fill([*ground, (1640, 910), (-40, 910)], "#6fa684", "#3f8a72", "#1f6b5a")
    village(
        canvas,
        11,
        830,
        [(-30, 826, 170), (330, 842, 190), (1250, 838, 200), (1520, 820, 150)],
        roofs=["#8f583c", "#a3633f"],
        wall="#f0ddb6",
        leaves=["#23705d", "#2d7b66"],
    )
    pole(canvas, 860, 930, 700, 250)
    grass(canvas, 8, [(x, 908) for x in range(-10, 1620, 30)], 52, "#0f5949")


def window(canvas):
    """Evening: a window with light in it, tea and a letter on the sill."""
    canvas.sky("#123f42", "#1f5a58", "#4f7f73", "#c79a6c", bottom=640)
    dice = random.Random(2)
    for _star in range(46):
        x, y = dice.uniform(980, 1600), dice.uniform(10, 330)
        canvas.disc(x, y, dice.uniform(1.5, 3.6), mix("#1f5a58", "#f8ecd0", dice.uniform(0.4, 0.95)))
    canvas.glow(1390, 160, 300, "#f7e7c2", 0.5)
    canvas.shape(crescent(1390, 160, 38), "#f9edcf")
    ridge(canvas, 40, 520, 110, "#2c5f5b", "#8f8f72", foot=760)
    ridge(canvas, 43, 600, 70, "#1c4c48", "#3f6a5e", foot=830)
    canvas.fill([(900, 720), (1620, 690), (1620, 910), (900, 910)], "#164640", "#0d332f")
    stilt_house(canvas, 1330, 712, 96, roof="#2b2f2b", wall="#3d3a30", light="#ffd98c")
    stilt_house(canvas, 1480, 700, 70, roof="#2b2f2b", wall="#3d3a30", light="#ffd98c")
    wall(canvas)
    opening(canvas, 300, 170, 520, 470)
    grass(canvas, 3, [(x, 906) for x in range(1010, 1620, 26)], 60, "#0d3a34")


def market(canvas):
    """Woven cloth hung up at a market stall."""
    canvas.sky("#e9dfc8", "#f3e8d0", "#e2cfa8")
    canvas.glow(420, 120, 1500, "#fff7e4", 0.8)
    canvas.soft([(-20, 800), (1620, 800), (1620, 920), (-20, 920)], "#a98a5c", 0.55, 30)
    for x, wide, high, seed, ground, folds in (
        (40, 350, 640, 3, "#1e2a2e", 3),
        (430, 330, 560, 8, "#f3e4c4", 3),
        (800, 370, 680, 21, "#0e5a4f", 4),
        (1210, 340, 590, 14, "#b4501e", 3),
    ):
        drape(canvas, seed, x, 96, wide, high, ground=ground, folds=folds)
    canvas.fill([(-20, 84), (1620, 78), (1620, 106), (-20, 112)], "#c9a066", "#8f6a3e")
    for knot in range(90, 1600, 260):
        canvas.box(knot, 77, 7, 36, "#7d5a34", 3)
    basket(canvas, 470, 872, 190)
    basket(canvas, 1270, 880, 150)


# --- covers --------------------------------------------------------------------------------
def cover_path(canvas):
    """A bag on a bench, and the road that leads away."""
    canvas.sky("#b9d5d2", "#dee7da", "#f6ead0", "#f6d4a4", bottom=620)
    canvas.glow(560, 500, 900, "#fff2d3", 0.95)
    canvas.disc(560, 470, 110, "#fff7e2")
    karst(canvas, 51, 560, 280, "#aac5ba", "#f1e0c3", count=4, foot=760)
    ridge(canvas, 27, 620, 90, "#6fa191", "#dcdcc0", foot=840)
    canvas.soft([(-50, 660), (950, 668), (950, 712), (-50, 706)], "#f9edd6", 0.75, 22)
    hill = curve([(-40, 760), (220, 712), (520, 730), (940, 700)])
    canvas.fill([*hill, (940, 1210), (-40, 1210)], "#80b08b", "#4c9076", "#1d6b59")
    lane, line = winding(
        [
            (470, 722, 8),
            (540, 744, 16),
            (430, 786, 34),
            (300, 836, 60),
            (420, 906, 100),
            (620, 990, 170),
            (520, 1220, 420),
        ]
    )
    canvas.fill(
        [(x - wide * 0.58, y) for x, y, wide in line]
        + [(x + wide * 0.58, y) for x, y, wide in reversed(line)],
        "#a9c294",
        "#5f9a78",
    )
    canvas.fill(lane, "#f5e6c7", "#e3caa0", "#cfae80")
    tree(canvas, 130, 880, 250, "#2a7663", 8)
    tree(canvas, 800, 800, 120, "#3d8470", 3)
    tree(canvas, 728, 786, 80, "#458c77", 5)
    canvas.soft([(90, 1118), (560, 1118), (600, 1160), (90, 1160)], "#0c4038", 0.5, 16)
    for leg in (120, 500):
        canvas.box(leg, 1040, 26, 116, "#6b4936", 4)
    canvas.fill([(80, 1016), (570, 1016), (570, 1052), (80, 1052)], "#b07d55", "#85593b")
    bag(canvas, 150, 1018, 210, WARM)
    cone_hat(canvas, 462, 1014, 170)
    grass(canvas, 9, [(x, 1206) for x in range(-10, 920, 28)], 84, "#0f5949")


def cover_hands(canvas):
    """Two hands around a phone that gives light."""
    canvas.sky("#dcebe4", "#f4efdf", "#f7e2bd")
    canvas.glow(450, 520, 1300, "#fff6df", 0.95)
    canvas.disc(450, 530, 640, "#f9e3b4")
    canvas.disc(450, 530, 520, "#fceecb")
    skin, shadow = "#c58f65", "#a06d48"
    for way in (-1, 1):
        back_fingers(canvas, 450, way, shadow)
    canvas.soft([(320, 330), (600, 330), (600, 900), (320, 900)], "#5a3d28", 0.35, 22)
    canvas.box(312, 270, 276, 560, "#1e2a2e", 44)
    canvas.box(326, 284, 248, 532, "#0e5a4f", 32)
    canvas.fill([(326, 316), (574, 316), (574, 784), (326, 784)], "#1a7464", "#0e5a4f")
    canvas.glow(450, 500, 330, "#fff3d0", 0.85)
    canvas.disc(450, 500, 128, "#fbfaf7")
    for reach in (31, 49):
        for way in (-1, 1):
            arc = [
                (450 + way * reach * math.cos(turn / 10), 500 + reach * math.sin(turn / 10))
                for turn in range(-7, 8)
            ]
            canvas.line(arc, WARM, 8)
    canvas.disc(450, 500, 24, WARM)
    canvas.box(410, 742, 80, 12, "#8fc7b8", 6)
    for way in (-1, 1):
        palm(canvas, 450, way, skin, shadow)
        sleeve(canvas, 450, way)


def cover_loudspeaker(canvas):
    """The loudspeaker again, higher than wide."""
    canvas.sky("#b9d5d2", "#dfe8db", "#f7ead0", "#f7d3a2", bottom=900)
    canvas.glow(250, 640, 1000, "#fff2d3", 0.9)
    ridge(canvas, 29, 720, 130, "#a9c4b8", "#f3e2c4", foot=920)
    ridge(canvas, 44, 800, 80, "#6fa090", "#dcdcc0", foot=1000)
    canvas.soft([(-50, 860), (950, 856), (950, 896), (-50, 900)], "#f9edd6", 0.7, 22)
    village(
        canvas,
        5,
        940,
        [(40, 940, 100), (240, 930, 88), (660, 938, 100)],
        roofs=["#b5714a", "#9c6244"],
        wall="#ead5ad",
        leaves=["#3f8571", "#4c9079"],
    )
    ground = curve([(-40, 960), (300, 940), (620, 956), (940, 940)])
    canvas.fill([*ground, (940, 1210), (-40, 1210)], "#6fa684", "#3f8a72", "#1f6b5a")
    village(
        canvas,
        12,
        1110,
        [(-20, 1110, 220), (600, 1122, 230)],
        roofs=["#8f583c", "#a3633f"],
        wall="#f0ddb6",
        leaves=["#23705d", "#2d7b66"],
    )
    pole(canvas, 450, 1230, 950, 260)
    grass(canvas, 8, [(x, 1208) for x in range(-10, 920, 30)], 64, "#0f5949")


def cover_cloth(canvas):
    """A small folded card, blank outside, on woven cloth."""
    weave(canvas, 21, ground="#0e5a4f", row=104)
    canvas.glow(300, 260, 1500, "#fff3d6", 0.22)
    canvas.soft([(-20, 820), (920, 820), (920, 1220), (-20, 1220)], "#0a2a26", 0.5, 90)
    card = [(196, 400), (668, 350), (706, 700), (234, 750)]
    canvas.soft([(x + 16, y + 30) for x, y in card], "#0a1f1c", 0.75, 22)
    canvas.fill([(222, 470), (694, 420), (716, 706), (244, 756)], "#e9d9b6", "#d8c294")
    canvas.fill(card, "#fffdf6", "#f4ead4")
    canvas.line([(200, 404), (666, 354)], "#fffefb", 5)
    for number, dye in enumerate((WARM, LEAF, "#d79a4a")):
        x, y = 286 + number * 9, 488 + number * 80
        canvas.disc(x, y, 50, dye)
        canvas.line(
            [(x + 58, y - 8), (x + 58 + 210 - 40 * number, y - 31 + 4 * number)], mix(dye, PAPER, 0.62), 20
        )


SCENES = {
    "mountains": (mountains, WIDE),
    "river": (river, WIDE),
    "road": (road, WIDE),
    "loudspeaker": (loudspeaker, WIDE),
    "window": (window, WIDE),
    "market": (market, WIDE),
    "path-cover": (cover_path, TALL),
    "hands-cover": (cover_hands, TALL),
    "speaker-cover": (cover_loudspeaker, TALL),
    "card-cover": (cover_cloth, TALL),
}


def draw(name, width=None):
    """Return the picture `name`, `width` pixels wide (default: as designed)."""
    scene, size = SCENES[name]
    canvas = Canvas(*size, final_width=width)
    scene(canvas)
    canvas.mottle(name)
    return canvas.finish()


def webp(name, width=None):
    """Return the picture `name` as a WebP file. Needs nothing of Django: it may run in another process."""
    content = io.BytesIO()
    draw(name, width).save(content, "WEBP", quality=90, method=1)
    return content.getvalue()
