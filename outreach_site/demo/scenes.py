"""The pictures of the demo, drawn: places and things, nobody's face."""

import math
import random

from PIL import Image, ImageChops, ImageDraw

from outreach_site.demo.art import INK, LEAF, PAPER, WARM, Canvas, curve, mix, waves

WIDE, TALL = (1600, 900), (900, 1200)


# --- parts ---------------------------------------------------------------------------------
def ridge(canvas, seed, base, height, tint, mist, *, steep=1.0, foot=None):
    """A range of hills whose crest lies around `base`; its foot fades into `mist`."""
    roll = waves(seed, (900, height * 0.5), (430, height * 0.34 * steep), (170, height * 0.2 * steep), (71, height * 0.07))
    crest = [(x, base + roll(x)) for x in range(-20, canvas.width + 40, 12)]
    foot = foot or base + height * 2.4
    canvas.fill([*crest, (canvas.width + 30, foot), (-30, foot)], tint, mix(tint, mist, 0.45), mist)


def karst(canvas, seed, base, height, tint, mist, *, count, foot):
    """Steep round-headed peaks side by side."""
    dice = random.Random(seed)
    crest = [(-80, base)]
    step = (canvas.width + 160) / count
    for number in range(count):
        middle = -80 + (number + 0.5) * step + dice.uniform(-0.2, 0.2) * step
        peak = base - height * dice.uniform(0.35, 1.0)
        half = step * dice.uniform(0.3, 0.42)
        crest += [
            (middle - half, base - height * dice.uniform(0.05, 0.2)),
            (middle - half * 0.42, peak + height * 0.16),
            (middle, peak),
            (middle + half * 0.5, peak + height * 0.22),
        ]
    crest.append((canvas.width + 80, base))
    line = curve(crest, 8)
    canvas.fill([*line, (canvas.width + 80, foot), (-80, foot)], tint, mix(tint, mist, 0.5), mist)


def terraces(canvas, left_high, right_high, *, bottom, count, seed, pools, bank, shade):
    """Rice fields that follow a hillside, narrow far up and wide down here."""
    sway = waves(seed, (760, 1.0), (390, 0.55), (240, 0.3))
    for number in range(count):
        near = number / (count - 1)
        depth = near**1.55
        edge = []
        for x in range(-20, canvas.width + 40, 16):
            across = x / canvas.width
            top = left_high + (right_high - left_high) * across
            rise = 12 + 38 * depth
            y = top + (bottom - top) * depth + rise * sway(x + 190 * near)
            edge.append((x, y))
        lip = 3 + 8 * near
        floor = [(canvas.width + 40, canvas.height + 10), (-40, canvas.height + 10)]
        canvas.shape([*edge, *floor], mix(bank, PAPER, 0.28 - 0.1 * near))
        canvas.shape([*((x, y + lip * 0.4) for x, y in edge), *floor], mix(bank, shade, 0.3 + 0.5 * near))
        pool = pools[number % len(pools)]
        inner = [(x, y + lip) for x, y in edge]
        canvas.fill([*inner, *floor], pool, mix(pool, bank, 0.22), mix(pool, bank, 0.5))


def stilt_house(canvas, x, y, size, *, roof, wall, light=None, stilts=0.3):
    """A house on stilts, `size` wide, standing on (x, y)."""
    high = size * 0.42
    floor = y - size * stilts
    for leg in (0.1, 0.37, 0.63, 0.9):
        canvas.line([(x + size * leg, floor), (x + size * leg, y)], mix(wall, INK, 0.45), size * 0.035)
    canvas.shape([(x + size * 0.04, floor), (x + size * 0.96, floor), (x + size * 0.92, floor - high * 0.62), (x + size * 0.08, floor - high * 0.62)], wall)
    canvas.box(x + size * 0.0, floor - size * 0.02, size, size * 0.05, mix(wall, INK, 0.4))
    if light:
        for window in (0.22, 0.62):
            canvas.box(x + size * window, floor - high * 0.45, size * 0.15, high * 0.28, light)
    canvas.fill(
        [
            (x - size * 0.1, floor - high * 0.5),
            (x + size * 0.13, floor - high * 1.22),
            (x + size * 0.87, floor - high * 1.22),
            (x + size * 1.1, floor - high * 0.5),
        ],
        mix(roof, PAPER, 0.12),
        roof,
    )


def tree(canvas, x, y, size, tint, seed=1):
    """A round tree standing on (x, y)."""
    dice = random.Random(seed)
    canvas.line([(x, y), (x, y - size * 0.55)], mix(tint, INK, 0.55), size * 0.07)
    for _leaf in range(9):
        across = size * dice.uniform(0.32, 0.5)
        px, py = x + size * dice.uniform(-0.27, 0.27), y - size * dice.uniform(0.45, 0.92)
        canvas.disc(px, py, across, mix(tint, INK, dice.uniform(0.0, 0.16)), across * 0.86)
    canvas.disc(x - size * 0.1, y - size * 0.82, size * 0.36, mix(tint, PAPER, 0.12), size * 0.28)


def sugar_palm(canvas, x, y, high, tint):
    """A tall palm with a round head of fans."""
    canvas.line(curve([(x, y), (x + high * 0.015, y - high * 0.5), (x, y - high)]), mix(tint, INK, 0.25), high * 0.032)
    for step in range(15):
        turn = math.pi * (-0.12 + 1.24 * step / 14)
        reach = high * (0.2 if step % 2 else 0.24)
        tip = (x + math.cos(turn) * reach, y - high - math.sin(turn) * reach * 0.92)
        side = (math.sin(turn) * reach * 0.2, math.cos(turn) * reach * 0.2)
        middle = (x + (tip[0] - x) * 0.66, y - high + (tip[1] - y + high) * 0.66)
        canvas.shape(
            [(x, y - high), (middle[0] + side[0], middle[1] + side[1]), tip, (middle[0] - side[0], middle[1] - side[1])],
            mix(tint, PAPER, 0.05 * (step % 3)),
        )


def birds(canvas, places, tint):
    for x, y, size in places:
        canvas.line(curve([(x - size, y - size * 0.35), (x - size * 0.4, y - size * 0.4), (x, y)], 6), tint, size * 0.13)
        canvas.line(curve([(x, y), (x + size * 0.4, y - size * 0.4), (x + size, y - size * 0.35)], 6), tint, size * 0.13)


def boat(canvas, x, y, long, hull, *, canopy=None, load=None):
    """A sampan whose waterline is at `y`, with its reflection."""
    rim = curve(
        [(x, y - long * 0.1), (x + long * 0.14, y - long * 0.035), (x + long * 0.5, y - long * 0.015)]
        + [(x + long * 0.86, y - long * 0.035), (x + long, y - long * 0.115)]
    )
    keel = curve([(x + long * 0.93, y - long * 0.01), (x + long * 0.5, y + long * 0.03), (x + long * 0.07, y - long * 0.005)])
    canvas.soft([(x + long * 0.04, y), (x + long * 0.96, y), (x + long * 0.8, y + long * 0.13), (x + long * 0.2, y + long * 0.13)], mix(hull, INK, 0.35), 0.5, long * 0.02)
    if load:
        for number, colour in enumerate(load):
            canvas.disc(x + long * (0.24 + 0.075 * number), y - long * 0.045, long * 0.1, colour, long * 0.075)
    if canopy:
        left, right = x + long * 0.5, x + long * 0.8
        arch = curve([(left, y - long * 0.02), (left + long * 0.01, y - long * 0.12), (left + long * 0.15, y - long * 0.165)]
                     + [(right - long * 0.01, y - long * 0.12), (right, y - long * 0.02)])
        canvas.fill(arch, mix(canopy, PAPER, 0.25), canopy)
        canvas.shape(curve([(left, y - long * 0.02), (left + long * 0.012, y - long * 0.115), (left + long * 0.06, y - long * 0.02)]), mix(canopy, INK, 0.6))
    canvas.fill([*rim, *keel], mix(hull, PAPER, 0.1), mix(hull, INK, 0.45))
    canvas.line(rim, mix(hull, PAPER, 0.35), long * 0.012)


def ripples(canvas, seed, top, bottom, tint, count, *, left=0, right=None):
    """Light on water: thin far away, longer near by."""
    dice = random.Random(seed)
    right = right or canvas.width
    for _ripple in range(count):
        near = dice.random() ** 1.4
        y = top + (bottom - top) * near
        long = dice.uniform(30, 90) + 190 * near * dice.random()
        canvas.disc(dice.uniform(left, right), y, long, tint(near), 1.6 + 3.6 * near)


def winding(points):
    """Return the outline of a road through `points`: (x, y, width)."""
    line = curve(points, 18)
    left = [(x - wide / 2, y) for x, y, wide in line]
    right = [(x + wide / 2, y) for x, y, wide in line]
    return left + right[::-1], line


def bag(canvas, x, y, size, colour):
    """A packed bag standing on (x, y), `size` wide."""
    canvas.line(curve([(x + size * 0.3, y - size * 0.72), (x + size * 0.5, y - size * 1.02), (x + size * 0.7, y - size * 0.72)]), mix(colour, INK, 0.5), size * 0.07)
    canvas.box(x, y - size * 0.8, size, size * 0.8, colour, size * 0.2)
    canvas.box(x + size * 0.14, y - size * 0.42, size * 0.72, size * 0.32, mix(colour, INK, 0.22), size * 0.08)
    canvas.box(x, y - size * 0.6, size, size * 0.07, mix(colour, PAPER, 0.35))


def cone_hat(canvas, x, y, size):
    """A leaf hat lying with its rim on (x, y)."""
    canvas.disc(x, y, size, "#c9a566", size * 0.16)
    canvas.fill([(x - size * 0.5, y), (x, y - size * 0.42), (x + size * 0.5, y)], "#f3deab", "#dcbd80")


def horn(canvas, x, y, size, tint, way):
    """A loudspeaker at (x, y); `way` is -1 when it calls to the left, 1 to the right."""

    def turned(points):
        return [(x + way * size * a, y + size * b) for a, b in points]

    canvas.fill(turned([(-0.1, -0.13), (0.12, -0.13), (0.12, 0.13), (-0.1, 0.13)]), mix(tint, INK, 0.2), mix(tint, INK, 0.5))
    upper = curve([(0.08, -0.11), (0.4, -0.15), (0.66, -0.27), (0.82, -0.46)])
    lower = curve([(0.82, 0.46), (0.66, 0.27), (0.4, 0.15), (0.08, 0.11)])
    canvas.fill(turned([*upper, *lower]), mix(tint, PAPER, 0.42), tint, mix(tint, INK, 0.3))
    mouth = x + way * size * 0.82
    canvas.disc(mouth, y, size * 0.3, mix(tint, PAPER, 0.2), size * 0.96)
    canvas.disc(mouth + way * size * 0.012, y, size * 0.24, mix(tint, INK, 0.55), size * 0.84)
    canvas.disc(mouth - way * size * 0.01, y, size * 0.1, mix(tint, INK, 0.15), size * 0.3)


def calls(canvas, x, y, size, way, tint):
    """Sound on its way: arcs that grow fainter."""
    for number in range(3):
        reach = size * (0.42 + 0.3 * number)
        arc = [
            (x + way * reach * math.cos(turn), y + reach * math.sin(turn))
            for turn in (math.radians(degrees) for degrees in range(-34, 35, 4))
        ]
        canvas.line(arc, mix(tint, canvas_colour(canvas, *arc[8]), 0.3 + 0.24 * number), size * (0.05 - 0.01 * number))


def canvas_colour(canvas, x, y):
    place = (min(max(round(x * canvas.scale), 0), canvas.size[0] - 1), min(max(round(y * canvas.scale), 0), canvas.size[1] - 1))
    return canvas.image.getpixel(place)


def village(canvas, seed, base, houses, *, roofs, wall, leaves):
    """Roofs between trees, the nearer ones lower and larger."""
    dice = random.Random(seed)
    for x, y, size in houses:
        tree(canvas, x - size * 0.35, y + 4, size * dice.uniform(0.8, 1.1), dice.choice(leaves), dice.randrange(99))
        roof = dice.choice(roofs)
        canvas.fill([(x, y), (x + size, y), (x + size, y - size * 0.34), (x, y - size * 0.34)], wall, mix(wall, INK, 0.25))
        canvas.box(x + size * 0.18, y - size * 0.24, size * 0.14, size * 0.13, "#ffe0a0")
        canvas.box(x + size * 0.6, y - size * 0.26, size * 0.16, size * 0.26, mix(wall, INK, 0.55))
        canvas.fill([(x - size * 0.12, y - size * 0.28), (x + size * 0.14, y - size * 0.62), (x + size * 0.86, y - size * 0.62), (x + size * 1.12, y - size * 0.28)], mix(roof, PAPER, 0.2), roof)
        if dice.random() < 0.7:
            tree(canvas, x + size * 1.25, y + 8, size * dice.uniform(0.5, 0.8), dice.choice(leaves), dice.randrange(99))


# --- scenes --------------------------------------------------------------------------------
def mountains(canvas):
    """Dawn over terraces."""
    canvas.sky("#b9d3cf", "#dde5d8", "#f6e6cc", "#f5cf9f", bottom=470)
    canvas.glow(1090, 372, 1100, "#fff0cf", 0.95)
    canvas.disc(1090, 366, 112, "#fff6df")
    karst(canvas, 5, 400, 190, "#b7c9be", "#f3dfc0", count=9, foot=560)
    canvas.glow(1090, 420, 900, "#fbe1b4", 0.5, 300)
    karst(canvas, 12, 470, 210, "#86aca0", "#ecdfc3", count=7, foot=640)
    ridge(canvas, 21, 500, 70, "#5f9486", "#dfdcc2", foot=700)
    canvas.soft([(-50, 520), (900, 548), (1700, 520), (1700, 570), (800, 600), (-50, 575)], "#f9ecd3", 0.75, 26)
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
        canvas.disc(x, 438, dice.uniform(34, 66), mix("#3f8070", "#6d9f89", dice.random()), dice.uniform(18, 44))
    canvas.soft([(-20, 442), (1620, 442), (1620, 470), (-20, 470)], "#2f6f62", 0.55, 8)
    for x, high in ((120, 150), (205, 122), (262, 176), (700, 120), (762, 150), (1010, 128)):
        sugar_palm(canvas, x, 444, high, "#2f6f60")
    canvas.glow(470, 560, 330, "#fff3d6", 0.75, 420)
    ripples(canvas, 5, 462, 640, lambda near: mix("#fff3d8", "#f2d9a8", near), 46, left=350, right=590)
    ripples(canvas, 6, 470, 880, lambda near: mix("#f4e3bf", "#6fae9c", near), 80)
    ripples(canvas, 7, 560, 890, lambda near: mix("#5b9e8f", "#246458", near), 46)
    for x, y, size, roof in ((1020, 486, 120, "#8a6244"), (1180, 508, 165, "#74503a"), (1390, 540, 220, "#86583c")):
        canvas.soft([(x - 10, y), (x + size + 10, y), (x + size, y + size * 0.62), (x + 6, y + size * 0.62)], "#2b5d52", 0.62, 9)
        stilt_house(canvas, x, y, size, roof=roof, wall="#b78a5e", light="#ffe6ac", stilts=0.34)
    ripples(canvas, 9, 500, 690, lambda near: mix("#8dbbab", "#5b9e8f", near), 40, left=1000)
    canvas.line([(1130, 449), (1190, 455)], "#6d4c38", 6)
    canvas.line([(1338, 456), (1400, 468)], "#6d4c38", 8)
    boat(canvas, 250, 560, 190, "#6f4a35")
    boat(canvas, 560, 690, 400, "#7a4f36", canopy="#c79f68", load=["#c2783f", "#7ea35e", "#d79a4a"])
    boat(canvas, 1080, 620, 160, "#5f4636")
    for x, y, size in ((24, 830, 80), (80, 880, 120), (180, 892, 92), (268, 890, 70), (1560, 880, 110), (1470, 894, 82), (1400, 896, 56)):
        hyacinth(canvas, x, y, size)
    birds(canvas, [(820, 210, 17), (872, 236, 12), (780, 250, 11)], "#54706b")


def hyacinth(canvas, x, y, size):
    """A clump of floating leaves."""
    for turn, reach, tint in ((-0.6, 0.5, "#2c7a5e"), (0.6, 0.5, "#2c7a5e"), (-0.25, 0.75, "#3f9170"), (0.25, 0.7, "#3f9170"), (0, 0.9, "#57a580")):
        tip = (x + math.sin(turn) * size * reach, y - math.cos(turn) * size * reach)
        canvas.line([(x, y), tip], mix(tint, INK, 0.2), size * 0.06)
        canvas.disc(*tip, size * 0.4, tint, size * 0.3)


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
        [(905, 572, 7), (960, 590, 12), (880, 616, 24), (700, 648, 44), (690, 690, 74), (860, 742, 120), (900, 810, 200), (700, 930, 360)]
    )
    verge = [(x - wide * 0.58, y) for x, y, wide in line] + [(x + wide * 0.58, y) for x, y, wide in reversed(line)]
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


def bus(canvas, x, y, size):
    canvas.box(x, y - size * 0.5, size, size * 0.46, WARM, size * 0.09)
    canvas.box(x + size * 0.08, y - size * 0.43, size * 0.84, size * 0.17, "#fbe9c8", size * 0.03)
    for wheel in (0.22, 0.78):
        canvas.disc(x + size * wheel, y - size * 0.03, size * 0.17, INK)


def shelter(canvas, x, y, size):
    """A roof on four posts with a bench; somebody's bag and hat are on it."""
    canvas.soft([(x - 20, y - 6), (x + size + 30, y - 6), (x + size + 60, y + 26), (x, y + 26)], "#0c4038", 0.5, 12)
    canvas.shape([(x + size * 0.08, y), (x + size * 0.92, y), (x + size * 0.92, y - size * 0.52), (x + size * 0.08, y - size * 0.52)], "#3f7f6e")
    canvas.fill([(x + size * 0.1, y - size * 0.16), (x + size * 0.9, y - size * 0.16), (x + size * 0.9, y - size * 0.5), (x + size * 0.1, y - size * 0.5)], "#f1e1bf", "#dcc69a")
    for post in (0.07, 0.93):
        canvas.box(x + size * post - size * 0.016, y - size * 0.58, size * 0.032, size * 0.58, "#6b4936")
    canvas.box(x + size * 0.16, y - size * 0.17, size * 0.68, size * 0.036, "#8f6446", 4)
    for leg in (0.22, 0.76):
        canvas.box(x + size * leg, y - size * 0.14, size * 0.026, size * 0.14, "#6b4936")
    bag(canvas, x + size * 0.3, y - size * 0.17, size * 0.17, WARM)
    cone_hat(canvas, x + size * 0.62, y - size * 0.175, size * 0.2)
    canvas.fill([(x - size * 0.06, y - size * 0.53), (x + size * 0.06, y - size * 0.7), (x + size * 0.94, y - size * 0.7), (x + size * 1.06, y - size * 0.53)], "#9a6d4c", "#6f4c36")
    canvas.box(x - size * 0.06, y - size * 0.54, size * 1.12, size * 0.022, "#5a3d2c")


def milestone(canvas, x, y, size):
    canvas.box(x, y - size * 1.7, size, size * 1.3, WARM, size * 0.5)
    canvas.fill([(x, y - size * 1.1), (x + size, y - size * 1.1), (x + size, y), (x, y)], "#fbf3e0", "#e2d3b2")


def grass(canvas, seed, roots, high, tint):
    dice = random.Random(seed)
    for x, y in roots:
        for _blade in range(4):
            lean, tall = dice.uniform(-0.35, 0.35), high * dice.uniform(0.45, 1.0)
            foot = x + dice.uniform(-12, 12)
            tip = (foot + lean * tall, y - tall)
            middle = (foot + lean * tall * 0.3, y - tall * 0.55)
            blade = curve([(foot - 4, y), (middle[0] - 3, middle[1]), tip, (middle[0] + 3, middle[1]), (foot + 4, y)], 6)
            canvas.shape(blade, mix(tint, "#5aa587", dice.random() * 0.5))


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


def pole(canvas, x, y, high, size):
    """A pole with two loudspeakers, wires and birds."""
    top = y - high
    for lift, sag in ((0.03, 60), (0.07, 66)):
        for end, side in ((-40, -1), (canvas.width + 40, 1)):
            middle = ((x + end) / 2, top + high * lift + sag)
            canvas.line(curve([(x, top + high * lift), middle, (end, top + high * lift - 20)], 20), "#5c7571", 2.2)
    canvas.fill([(x - 9, top), (x + 9, top), (x + 14, y), (x - 14, y)], "#8a6a50", "#6b4f3c", "#54402f")
    canvas.box(x - size * 0.32, top + high * 0.05, size * 0.64, 9, "#5f4736", 4)
    calls(canvas, x - size * 0.98, top + high * 0.185, size, -1, "#fffaf0")
    calls(canvas, x + size * 0.98, top + high * 0.215, size, 1, "#fffaf0")
    horn(canvas, x - 8, top + high * 0.185, size * 0.9, "#4b7d76", -1)
    horn(canvas, x + 8, top + high * 0.215, size * 0.9, "#4b7d76", 1)
    canvas.box(x - 15, top + high * 0.14, 30, high * 0.13, "#5b4434", 6)


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


def crescent(x, y, size):
    """Return the outline of a young moon."""
    outer = [math.radians(degrees) for degrees in range(-110, 111, 4)]
    rim = [(x + size * math.cos(turn), y + size * math.sin(turn)) for turn in outer]
    inner = [(a - size * 0.52 * max(math.cos(turn), 0), b) for (a, b), turn in zip(rim, outer, strict=True)]
    return [*rim, *reversed(inner)]


def wall(canvas):
    """Boards of a wooden house, dark in the evening."""
    dice = random.Random(4)
    for number in range(11):
        top = number * 84 - 10
        canvas.fill([(-10, top), (990, top), (990, top + 84), (-10, top + 84)], mix("#6a4a36", "#3c2d26", dice.uniform(0.1, 0.5)), "#46332a")
        canvas.box(-10, top + 81, 1000, 3, "#2c211c")
    canvas.fill([(960, -10), (1004, -10), (1004, 910), (960, 910)], "#2b231d", "#211a16")
    canvas.fill([(-10, -10), (1090, -10), (1052, 62), (-10, 62)], "#3b2e27", "#241c18")
    canvas.fill([(-10, 46), (1060, 46), (1052, 62), (-10, 62)], "#4b3a30")
    canvas.soft([(-10, 60), (1010, 60), (1010, 110), (-10, 110)], "#15100d", 0.5, 18)


def opening(canvas, x, y, wide, high):
    """The window itself, its shutters, its sill and what stands there."""
    canvas.glow(x + wide / 2, y + high / 2, 1250, "#f2b765", 0.62, 1080)
    canvas.fill([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)], "#ffe7b0", "#fdd58a", "#f0b45f")
    canvas.glow(x + wide * 0.5, y + high * 0.2, wide * 0.9, "#fffbe9", 0.95)
    canvas.line([(x + wide * 0.5, y), (x + wide * 0.5, y + high * 0.14)], "#8b5a34", 4)
    canvas.fill([(x + wide * 0.41, y + high * 0.25), (x + wide * 0.46, y + high * 0.13), (x + wide * 0.54, y + high * 0.13), (x + wide * 0.59, y + high * 0.25)], "#b5733f", "#8f5630")
    canvas.disc(x + wide * 0.5, y + high * 0.265, 44, "#fffdf2", 36)
    canvas.fill([(x, y + high * 0.7), (x + wide, y + high * 0.7), (x + wide, y + high), (x, y + high)], "#e0a057", "#cf8b48", strength=0.5)
    for bar in (0.25, 0.75):
        canvas.box(x + wide * bar - 5, y, 10, high, "#7a5034")
    canvas.box(x, y + high * 0.46, wide, 9, "#7a5034")
    for left in (x - 250, x + wide + 14):
        canvas.fill([(left, y - 12), (left + 236, y - 12), (left + 236, y + high + 8), (left, y + high + 8)], "#2f7566", "#1d5a4e")
        for slat in range(9):
            canvas.box(left + 20, y + 14 + slat * (high - 24) / 9, 196, 9, "#174a41")
        canvas.soft([(left, y), (left + 236, y), (left + 236, y + high), (left, y + high)], "#f2b765", 0.13, 20)
    for side in ((x - 22, y - 22, 24, high + 44), (x + wide - 2, y - 22, 24, high + 44), (x - 22, y - 22, wide + 44, 24)):
        canvas.box(*side, "#5a3c2a", 3)
    sill = y + high
    canvas.fill([(x - 60, sill - 4), (x + wide + 60, sill - 4), (x + wide + 60, sill + 34), (x - 60, sill + 34)], "#a36d44", "#6d462d")
    canvas.soft([(x - 50, sill + 36), (x + wide + 50, sill + 36), (x + wide + 30, sill + 74), (x - 30, sill + 74)], "#15100d", 0.55, 12)
    teapot(canvas, x + wide * 0.2, sill - 4, 118)
    letter(canvas, x + wide * 0.56, sill - 6, 170)
    pot_plant(canvas, x + wide * 0.03, sill - 4, 74)


def teapot(canvas, x, y, size):
    canvas.line(curve([(x + size * 0.82, y - size * 0.5), (x + size * 1.14, y - size * 0.6), (x + size * 1.2, y - size * 0.3), (x + size * 0.9, y - size * 0.16)]), "#24665a", size * 0.08)
    canvas.shape(curve([(x + size * 0.14, y - size * 0.26), (x - size * 0.1, y - size * 0.36), (x - size * 0.22, y - size * 0.66), (x - size * 0.12, y - size * 0.68), (x + size * 0.0, y - size * 0.48), (x + size * 0.2, y - size * 0.46)]), "#2f7868")
    canvas.fill(curve([(x + size * 0.24, y), (x + size * 0.06, y - size * 0.28), (x + size * 0.2, y - size * 0.58), (x + size * 0.5, y - size * 0.68)] + [(x + size * 0.8, y - size * 0.58), (x + size * 0.94, y - size * 0.28), (x + size * 0.76, y)]), "#4a998a", "#2f7868", "#1c554a")
    canvas.disc(x + size * 0.5, y - size * 0.65, size * 0.44, "#3d8a7a", size * 0.12)
    canvas.disc(x + size * 0.5, y - size * 0.75, size * 0.13, WARM)
    canvas.fill([(x + size * 1.36, y - size * 0.3), (x + size * 1.74, y - size * 0.3), (x + size * 1.66, y), (x + size * 1.44, y)], "#faf1dd", "#dcc7a0")
    steam = curve([(x - size * 0.18, y - size * 0.72), (x - size * 0.06, y - size * 0.92), (x - size * 0.26, y - size * 1.1), (x - size * 0.1, y - size * 1.34)])
    canvas.soft([*steam, *reversed([(a + 12, b) for a, b in steam])], "#fffaf0", 0.75, 6)


def letter(canvas, x, y, size):
    canvas.soft([(x, y - 6), (x + size * 1.05, y - 6), (x + size, y + 6), (x, y + 6)], "#4a2f1d", 0.6, 5)
    sheet = [(x + size * 0.1, y - size * 0.72), (x + size * 0.74, y - size * 0.8), (x + size * 0.8, y - size * 0.2), (x + size * 0.16, y - size * 0.12)]
    canvas.fill(sheet, "#fffdf6", "#f1e6cf")
    for row in range(5):
        top = y - size * (0.66 - row * 0.1)
        canvas.line([(x + size * (0.19 + row * 0.008), top), (x + size * (0.64 - 0.1 * (row == 4)), top - size * 0.05)], "#b9b19d", 3)
    canvas.fill([(x, y), (x + size, y), (x + size, y - size * 0.42), (x, y - size * 0.42)], "#f7ead0", "#e6d2ab")
    canvas.line([(x, y - size * 0.42), (x + size * 0.5, y - size * 0.12), (x + size, y - size * 0.42)], "#c9b189", 3)
    canvas.box(x + size * 0.8, y - size * 0.36, size * 0.14, size * 0.15, WARM)


def pot_plant(canvas, x, y, size):
    for turn, reach in ((-0.7, 0.9), (-0.3, 1.15), (0.05, 1.25), (0.4, 1.05), (0.8, 0.85)):
        tip = (x + size * 0.4 + math.sin(turn) * size * reach, y - size * 0.5 - math.cos(turn) * size * reach)
        root = (x + size * 0.4, y - size * 0.5)
        bulge = ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2)
        canvas.shape(curve([root, (bulge[0] - size * 0.14, bulge[1]), tip, (bulge[0] + size * 0.14, bulge[1]), root]), mix("#1f6352", "#3f8f74", abs(turn)))
    canvas.fill([(x, y - size * 0.56), (x + size * 0.8, y - size * 0.56), (x + size * 0.68, y), (x + size * 0.12, y)], "#c27a4c", "#8f5433")


# --- cloth ---------------------------------------------------------------------------------
DYES = ["#0e5a4f", "#b4501e", "#f3e4c4", "#1e2a2e", "#d79a4a", "#5c9a86"]


def weave(canvas, seed, *, ground, row=74):
    """Cover a canvas with rows of a made-up pattern: lozenges, teeth, steps, threads."""
    dice = random.Random(seed)
    canvas.sky(ground, mix(ground, INK, 0.06))
    # A cloth has few colours: its ground, and three or four more.
    dyes = dice.sample([dye for dye in DYES if dye != ground], 3)
    y, last = 0, None
    while y < canvas.height + row:
        kind = dice.choice([one for one in ("lozenges", "teeth", "steps", "threads") if one != last])
        inks = dice.sample(dyes, 3)
        high = row * (0.4 if kind == "threads" else 1)
        band(canvas, kind, y, high, inks, ground)
        y += high
        for thread, colour in enumerate(inks[:2]):
            canvas.box(-5, y + thread * row * 0.09, canvas.width + 10, row * 0.06, colour)
        y += row * 0.3
        last = kind


def band(canvas, kind, y, high, inks, ground):
    step = high * 0.9
    if kind == "threads":
        for number in range(3):
            canvas.box(-5, y + number * high * 0.34, canvas.width + 10, high * 0.2, inks[number])
        return
    canvas.box(-5, y, canvas.width + 10, high, mix(ground, inks[0], 0.1 if kind != "steps" else 0.92))
    for number in range(int(canvas.width / step) + 2):
        x = (number - 0.5) * step
        if kind == "lozenges":
            for size, ink in ((0.5, inks[0]), (0.34, ground), (0.2, inks[1]), (0.08, inks[2])):
                middle = (x + step / 2, y + high / 2)
                canvas.shape([(middle[0] - step * size, middle[1]), (middle[0], middle[1] - high * size), (middle[0] + step * size, middle[1]), (middle[0], middle[1] + high * size)], ink)
        elif kind == "teeth":
            canvas.shape([(x, y + high), (x + step / 2, y + high * 0.1), (x + step, y + high)], inks[0])
            canvas.shape([(x + step * 0.25, y + high), (x + step / 2, y + high * 0.5), (x + step * 0.75, y + high)], inks[1])
        else:
            for stair in range(4):
                side = step * (0.46 - stair * 0.11)
                canvas.box(x + step / 2 - side, y + high * (0.14 + 0.18 * stair), side * 2, high * 0.19, inks[1 + stair % 2])


def drape(canvas, seed, x, y, wide, high, *, ground, folds=4):
    """Hang a woven cloth at (x, y): it falls in folds, and its rows follow them."""
    flat = Canvas(wide, high, final_width=round(wide * canvas.scale), finer=1)
    weave(flat, seed, ground=ground)
    fall = waves(seed, (wide / folds, 7), (wide / folds * 0.47, 2.5))
    size, slices = flat.size, 56
    mesh = []
    for number in range(slices):
        left, right = round(number * size[0] / slices), round((number + 1) * size[0] / slices)
        up = [fall(edge / canvas.scale) * canvas.scale for edge in (left, right)]
        mesh.append(((left, 0, right, size[1]), (left, -up[0], left, size[1] - up[0], right, size[1] - up[1], right, -up[1])))
    cloth = flat.image.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)
    shade = Image.new("L", (slices, 1))
    shade.putdata([round(126 + 6.5 * fall(wide * (number + 0.5) / slices + wide / folds * 0.22)) for number in range(slices)])
    shade = shade.resize(size, Image.Resampling.BICUBIC)
    cloth = ImageChops.soft_light(cloth, Image.merge("RGB", [shade] * 3))
    mask = Image.new("L", size, 0)
    hem = [(edge, high - 26 + fall(edge)) for edge in range(0, round(wide) + 8, 8)]
    ImageDraw.Draw(mask).polygon([(a * canvas.scale, b * canvas.scale) for a, b in [(0, 0), (wide, 0), *reversed(hem)]], fill=255)
    canvas.soft([(x + 16, y), (x + wide + 16, y), (x + wide + 14, y + high), (x + 14, y + high)], "#3b2a1c", 0.32, 14)
    canvas.image.paste(cloth, (round(x * canvas.scale), round(y * canvas.scale)), mask)
    for number in range(round(wide / 13)):
        edge = 6 + number * 13
        foot = y + high - 26 + fall(edge)
        canvas.line([(x + edge, foot - 2), (x + edge + 2, foot + 26)], DYES[(number * 2) % 5], 3)


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


def basket(canvas, x, y, size):
    """A basket with rolls of thread."""
    for number, dye in enumerate(("#d79a4a", "#b4501e", "#5c9a86", "#f3e4c4", "#0e5a4f")):
        canvas.disc(x + size * (0.18 + 0.16 * number), y - size * (0.56 + 0.06 * (number % 2)), size * 0.27, dye)
        canvas.disc(x + size * (0.18 + 0.16 * number), y - size * (0.58 + 0.06 * (number % 2)), size * 0.09, mix(dye, INK, 0.4))
    canvas.fill(curve([(x, y - size * 0.56), (x + size * 0.08, y - size * 0.2), (x + size * 0.2, y)]) + curve([(x + size * 0.8, y), (x + size * 0.92, y - size * 0.2), (x + size, y - size * 0.56)]), "#c99d61", "#8a643b")
    for row in range(4):
        top = y - size * (0.47 - row * 0.12)
        canvas.line(curve([(x + size * (0.03 + row * 0.03), top), (x + size * 0.5, top + size * 0.05), (x + size * (0.97 - row * 0.03), top)]), "#a67c49", size * 0.02)
    canvas.box(x - size * 0.03, y - size * 0.6, size * 1.06, size * 0.08, "#b78a50", 6)


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
    lane, line = winding([(470, 722, 8), (540, 744, 16), (430, 786, 34), (300, 836, 60), (420, 906, 100), (620, 990, 170), (520, 1220, 420)])
    canvas.fill([(x - wide * 0.58, y) for x, y, wide in line] + [(x + wide * 0.58, y) for x, y, wide in reversed(line)], "#a9c294", "#5f9a78")
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
                (450 + way * reach * math.cos(turn / 10), 500 + reach * math.sin(turn / 10)) for turn in range(-7, 8)
            ]
            canvas.line(arc, WARM, 8)
    canvas.disc(450, 500, 24, WARM)
    canvas.box(410, 742, 80, 12, "#8fc7b8", 6)
    for way in (-1, 1):
        palm(canvas, 450, way, skin, shadow)
        sleeve(canvas, 450, way)


def sleeve(canvas, middle, way):
    def turned(points):
        return [(middle + way * a, b) for a, b in points]

    def across(down):
        """The edge of the sleeve `down` below its seam."""
        return (190 + down * 0.27, 1012 + down), (374 + down * 0.62, 950 + down)

    canvas.fill(turned([*across(0), across(300)[1], across(300)[0]]), "#176b5d", "#0a4038")
    for top, bottom, dye in ((0, 20, "#f3e4c4"), (34, 48, WARM), (58, 66, "#d79a4a")):
        canvas.shape(turned([*across(top), across(bottom)[1], across(bottom)[0]]), dye)


def back_fingers(canvas, middle, way, tint):
    """The four fingers that hold the phone from behind; their tips show beside it."""
    for number in range(4):
        y = 486 + number * 76
        canvas.line([(middle + way * 90, y + 18), (middle + way * (166 - number * 2), y)], mix(tint, PAPER, 0.06), 66)
        canvas.line([(middle + way * 90, y + 8), (middle + way * (160 - number * 2), y - 9)], mix(tint, PAPER, 0.22), 40)


def palm(canvas, middle, way, skin, shadow):
    """The ball of the hand and the thumb, in front of the phone."""

    def turned(points):
        return [(middle + way * a, b) for a, b in points]

    hand = [(236, 1040), (200, 970), (156, 906), (132, 836), (140, 780), (160, 742), (190, 728), (222, 744)]
    hand += [(258, 786), (298, 850), (326, 916), (362, 1000)]
    canvas.fill(turned([*curve(hand), (300, 1060)]), mix(skin, PAPER, 0.04), skin, mix(skin, shadow, 0.55))
    thumb = [(236, 880), (196, 850), (158, 786), (122, 706), (98, 652), (78, 640), (64, 660), (74, 728), (100, 812), (134, 886)]
    thumb += [(186, 942), (240, 968)]
    canvas.soft(turned([(x - 8, y + 12) for x, y in thumb[3:8]]), "#0a3a33", 0.5, 8)
    canvas.fill(turned(curve(thumb)), mix(skin, PAPER, 0.2), mix(skin, PAPER, 0.06), mix(skin, shadow, 0.24))
    nail = [(80, 652), (73, 668), (82, 700), (96, 700), (96, 668), (88, 652), (80, 652)]
    canvas.shape(turned(curve(nail)), mix(skin, PAPER, 0.5))


def cover_loudspeaker(canvas):
    """The loudspeaker again, higher than wide."""
    canvas.sky("#b9d5d2", "#dfe8db", "#f7ead0", "#f7d3a2", bottom=900)
    canvas.glow(250, 640, 1000, "#fff2d3", 0.9)
    ridge(canvas, 29, 720, 130, "#a9c4b8", "#f3e2c4", foot=920)
    ridge(canvas, 44, 800, 80, "#6fa090", "#dcdcc0", foot=1000)
    canvas.soft([(-50, 860), (950, 856), (950, 896), (-50, 900)], "#f9edd6", 0.7, 22)
    village(canvas, 5, 940, [(40, 940, 100), (240, 930, 88), (660, 938, 100)], roofs=["#b5714a", "#9c6244"], wall="#ead5ad", leaves=["#3f8571", "#4c9079"])
    ground = curve([(-40, 960), (300, 940), (620, 956), (940, 940)])
    canvas.fill([*ground, (940, 1210), (-40, 1210)], "#6fa684", "#3f8a72", "#1f6b5a")
    village(canvas, 12, 1110, [(-20, 1110, 220), (600, 1122, 230)], roofs=["#8f583c", "#a3633f"], wall="#f0ddb6", leaves=["#23705d", "#2d7b66"])
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
        canvas.line([(x + 58, y - 8), (x + 58 + 210 - 40 * number, y - 31 + 4 * number)], mix(dye, PAPER, 0.62), 20)


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
