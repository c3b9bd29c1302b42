"""Things that stand in the pictures: hills and houses, boats, a loudspeaker, a teapot, hands."""

import math
import random

from outreach_site.demo.art import INK, PAPER, WARM, curve, mix, waves


def ridge(canvas, seed, base, height, tint, mist, *, steep=1.0, foot=None):
    """A range of hills whose crest lies around `base`; its foot fades into `mist`."""
    roll = waves(
        seed,
        (900, height * 0.5),
        (430, height * 0.34 * steep),
        (170, height * 0.2 * steep),
        (71, height * 0.07),
    )
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
    canvas.shape(
        [
            (x + size * 0.04, floor),
            (x + size * 0.96, floor),
            (x + size * 0.92, floor - high * 0.62),
            (x + size * 0.08, floor - high * 0.62),
        ],
        wall,
    )
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
    canvas.line(
        curve([(x, y), (x + high * 0.015, y - high * 0.5), (x, y - high)]), mix(tint, INK, 0.25), high * 0.032
    )
    for step in range(15):
        turn = math.pi * (-0.12 + 1.24 * step / 14)
        reach = high * (0.2 if step % 2 else 0.24)
        tip = (x + math.cos(turn) * reach, y - high - math.sin(turn) * reach * 0.92)
        side = (math.sin(turn) * reach * 0.2, math.cos(turn) * reach * 0.2)
        middle = (x + (tip[0] - x) * 0.66, y - high + (tip[1] - y + high) * 0.66)
        canvas.shape(
            [
                (x, y - high),
                (middle[0] + side[0], middle[1] + side[1]),
                tip,
                (middle[0] - side[0], middle[1] - side[1]),
            ],
            mix(tint, PAPER, 0.05 * (step % 3)),
        )


def birds(canvas, places, tint):
    for x, y, size in places:
        canvas.line(
            curve([(x - size, y - size * 0.35), (x - size * 0.4, y - size * 0.4), (x, y)], 6),
            tint,
            size * 0.13,
        )
        canvas.line(
            curve([(x, y), (x + size * 0.4, y - size * 0.4), (x + size, y - size * 0.35)], 6),
            tint,
            size * 0.13,
        )


def boat(canvas, x, y, long, hull, *, canopy=None, load=None):
    """A sampan whose waterline is at `y`, with its reflection."""
    rim = curve(
        [(x, y - long * 0.1), (x + long * 0.14, y - long * 0.035), (x + long * 0.5, y - long * 0.015)]
        + [(x + long * 0.86, y - long * 0.035), (x + long, y - long * 0.115)]
    )
    keel = curve(
        [
            (x + long * 0.93, y - long * 0.01),
            (x + long * 0.5, y + long * 0.03),
            (x + long * 0.07, y - long * 0.005),
        ]
    )
    canvas.soft(
        [
            (x + long * 0.04, y),
            (x + long * 0.96, y),
            (x + long * 0.8, y + long * 0.13),
            (x + long * 0.2, y + long * 0.13),
        ],
        mix(hull, INK, 0.35),
        0.5,
        long * 0.02,
    )
    if load:
        for number, colour in enumerate(load):
            canvas.disc(
                x + long * (0.24 + 0.075 * number), y - long * 0.045, long * 0.1, colour, long * 0.075
            )
    if canopy:
        left, right = x + long * 0.5, x + long * 0.8
        arch = curve(
            [
                (left, y - long * 0.02),
                (left + long * 0.01, y - long * 0.12),
                (left + long * 0.15, y - long * 0.165),
            ]
            + [(right - long * 0.01, y - long * 0.12), (right, y - long * 0.02)]
        )
        canvas.fill(arch, mix(canopy, PAPER, 0.25), canopy)
        canvas.shape(
            curve(
                [
                    (left, y - long * 0.02),
                    (left + long * 0.012, y - long * 0.115),
                    (left + long * 0.06, y - long * 0.02),
                ]
            ),
            mix(canopy, INK, 0.6),
        )
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
    canvas.line(
        curve(
            [
                (x + size * 0.3, y - size * 0.72),
                (x + size * 0.5, y - size * 1.02),
                (x + size * 0.7, y - size * 0.72),
            ]
        ),
        mix(colour, INK, 0.5),
        size * 0.07,
    )
    canvas.box(x, y - size * 0.8, size, size * 0.8, colour, size * 0.2)
    canvas.box(
        x + size * 0.14, y - size * 0.42, size * 0.72, size * 0.32, mix(colour, INK, 0.22), size * 0.08
    )
    canvas.box(x, y - size * 0.6, size, size * 0.07, mix(colour, PAPER, 0.35))


def cone_hat(canvas, x, y, size):
    """A leaf hat lying with its rim on (x, y)."""
    canvas.disc(x, y, size, "#c9a566", size * 0.16)
    canvas.fill([(x - size * 0.5, y), (x, y - size * 0.42), (x + size * 0.5, y)], "#f3deab", "#dcbd80")


def horn(canvas, x, y, size, tint, way):
    """A loudspeaker at (x, y); `way` is -1 when it calls to the left, 1 to the right."""

    def turned(points):
        return [(x + way * size * a, y + size * b) for a, b in points]

    canvas.fill(
        turned([(-0.1, -0.13), (0.12, -0.13), (0.12, 0.13), (-0.1, 0.13)]),
        mix(tint, INK, 0.2),
        mix(tint, INK, 0.5),
    )
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
        canvas.line(
            arc, mix(tint, canvas_colour(canvas, *arc[8]), 0.3 + 0.24 * number), size * (0.05 - 0.01 * number)
        )


def canvas_colour(canvas, x, y):
    place = (
        min(max(round(x * canvas.scale), 0), canvas.size[0] - 1),
        min(max(round(y * canvas.scale), 0), canvas.size[1] - 1),
    )
    return canvas.image.getpixel(place)


def village(canvas, seed, base, houses, *, roofs, wall, leaves):
    """Roofs between trees, the nearer ones lower and larger."""
    dice = random.Random(seed)
    for x, y, size in houses:
        tree(
            canvas,
            x - size * 0.35,
            y + 4,
            size * dice.uniform(0.8, 1.1),
            dice.choice(leaves),
            dice.randrange(99),
        )
        roof = dice.choice(roofs)
        canvas.fill(
            [(x, y), (x + size, y), (x + size, y - size * 0.34), (x, y - size * 0.34)],
            wall,
            mix(wall, INK, 0.25),
        )
        canvas.box(x + size * 0.18, y - size * 0.24, size * 0.14, size * 0.13, "#ffe0a0")
        canvas.box(x + size * 0.6, y - size * 0.26, size * 0.16, size * 0.26, mix(wall, INK, 0.55))
        canvas.fill(
            [
                (x - size * 0.12, y - size * 0.28),
                (x + size * 0.14, y - size * 0.62),
                (x + size * 0.86, y - size * 0.62),
                (x + size * 1.12, y - size * 0.28),
            ],
            mix(roof, PAPER, 0.2),
            roof,
        )
        if dice.random() < 0.7:
            tree(
                canvas,
                x + size * 1.25,
                y + 8,
                size * dice.uniform(0.5, 0.8),
                dice.choice(leaves),
                dice.randrange(99),
            )


def hyacinth(canvas, x, y, size):
    """A clump of floating leaves."""
    for turn, reach, tint in (
        (-0.6, 0.5, "#2c7a5e"),
        (0.6, 0.5, "#2c7a5e"),
        (-0.25, 0.75, "#3f9170"),
        (0.25, 0.7, "#3f9170"),
        (0, 0.9, "#57a580"),
    ):
        tip = (x + math.sin(turn) * size * reach, y - math.cos(turn) * size * reach)
        canvas.line([(x, y), tip], mix(tint, INK, 0.2), size * 0.06)
        canvas.disc(*tip, size * 0.4, tint, size * 0.3)


def bus(canvas, x, y, size):
    canvas.box(x, y - size * 0.5, size, size * 0.46, WARM, size * 0.09)
    canvas.box(x + size * 0.08, y - size * 0.43, size * 0.84, size * 0.17, "#fbe9c8", size * 0.03)
    for wheel in (0.22, 0.78):
        canvas.disc(x + size * wheel, y - size * 0.03, size * 0.17, INK)


def shelter(canvas, x, y, size):
    """A roof on four posts with a bench; somebody's bag and hat are on it."""
    canvas.soft(
        [(x - 20, y - 6), (x + size + 30, y - 6), (x + size + 60, y + 26), (x, y + 26)], "#0c4038", 0.5, 12
    )
    canvas.shape(
        [
            (x + size * 0.08, y),
            (x + size * 0.92, y),
            (x + size * 0.92, y - size * 0.52),
            (x + size * 0.08, y - size * 0.52),
        ],
        "#3f7f6e",
    )
    canvas.fill(
        [
            (x + size * 0.1, y - size * 0.16),
            (x + size * 0.9, y - size * 0.16),
            (x + size * 0.9, y - size * 0.5),
            (x + size * 0.1, y - size * 0.5),
        ],
        "#f1e1bf",
        "#dcc69a",
    )
    for post in (0.07, 0.93):
        canvas.box(x + size * post - size * 0.016, y - size * 0.58, size * 0.032, size * 0.58, "#6b4936")
    canvas.box(x + size * 0.16, y - size * 0.17, size * 0.68, size * 0.036, "#8f6446", 4)
    for leg in (0.22, 0.76):
        canvas.box(x + size * leg, y - size * 0.14, size * 0.026, size * 0.14, "#6b4936")
    bag(canvas, x + size * 0.3, y - size * 0.17, size * 0.17, WARM)
    cone_hat(canvas, x + size * 0.62, y - size * 0.175, size * 0.2)
    canvas.fill(
        [
            (x - size * 0.06, y - size * 0.53),
            (x + size * 0.06, y - size * 0.7),
            (x + size * 0.94, y - size * 0.7),
            (x + size * 1.06, y - size * 0.53),
        ],
        "#9a6d4c",
        "#6f4c36",
    )
    canvas.box(x - size * 0.06, y - size * 0.54, size * 1.12, size * 0.022, "#5a3d2c")


def milestone(canvas, x, y, size):
    canvas.box(x, y - size * 1.7, size, size * 1.3, WARM, size * 0.5)
    canvas.fill(
        [(x, y - size * 1.1), (x + size, y - size * 1.1), (x + size, y), (x, y)], "#fbf3e0", "#e2d3b2"
    )


def grass(canvas, seed, roots, high, tint):
    dice = random.Random(seed)
    for x, y in roots:
        for _blade in range(4):
            lean, tall = dice.uniform(-0.35, 0.35), high * dice.uniform(0.45, 1.0)
            foot = x + dice.uniform(-12, 12)
            tip = (foot + lean * tall, y - tall)
            middle = (foot + lean * tall * 0.3, y - tall * 0.55)
            blade = curve(
                [(foot - 4, y), (middle[0] - 3, middle[1]), tip, (middle[0] + 3, middle[1]), (foot + 4, y)], 6
            )
            canvas.shape(blade, mix(tint, "#5aa587", dice.random() * 0.5))


def pole(canvas, x, y, high, size):
    """A pole with two loudspeakers, wires and birds."""
    top = y - high
    for lift, sag in ((0.03, 60), (0.07, 66)):
        for end in (-40, canvas.width + 40):
            middle = ((x + end) / 2, top + high * lift + sag)
            canvas.line(
                curve([(x, top + high * lift), middle, (end, top + high * lift - 20)], 20), "#5c7571", 2.2
            )
    canvas.fill([(x - 9, top), (x + 9, top), (x + 14, y), (x - 14, y)], "#8a6a50", "#6b4f3c", "#54402f")
    canvas.box(x - size * 0.32, top + high * 0.05, size * 0.64, 9, "#5f4736", 4)
    calls(canvas, x - size * 0.98, top + high * 0.185, size, -1, "#fffaf0")
    calls(canvas, x + size * 0.98, top + high * 0.215, size, 1, "#fffaf0")
    horn(canvas, x - 8, top + high * 0.185, size * 0.9, "#4b7d76", -1)
    horn(canvas, x + 8, top + high * 0.215, size * 0.9, "#4b7d76", 1)
    canvas.box(x - 15, top + high * 0.14, 30, high * 0.13, "#5b4434", 6)


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
        canvas.fill(
            [(-10, top), (990, top), (990, top + 84), (-10, top + 84)],
            mix("#6a4a36", "#3c2d26", dice.uniform(0.1, 0.5)),
            "#46332a",
        )
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
    canvas.fill(
        [
            (x + wide * 0.41, y + high * 0.25),
            (x + wide * 0.46, y + high * 0.13),
            (x + wide * 0.54, y + high * 0.13),
            (x + wide * 0.59, y + high * 0.25),
        ],
        "#b5733f",
        "#8f5630",
    )
    canvas.disc(x + wide * 0.5, y + high * 0.265, 44, "#fffdf2", 36)
    canvas.fill(
        [(x, y + high * 0.7), (x + wide, y + high * 0.7), (x + wide, y + high), (x, y + high)],
        "#e0a057",
        "#cf8b48",
        strength=0.5,
    )
    for bar in (0.25, 0.75):
        canvas.box(x + wide * bar - 5, y, 10, high, "#7a5034")
    canvas.box(x, y + high * 0.46, wide, 9, "#7a5034")
    for left in (x - 250, x + wide + 14):
        canvas.fill(
            [(left, y - 12), (left + 236, y - 12), (left + 236, y + high + 8), (left, y + high + 8)],
            "#2f7566",
            "#1d5a4e",
        )
        for slat in range(9):
            canvas.box(left + 20, y + 14 + slat * (high - 24) / 9, 196, 9, "#174a41")
        canvas.soft(
            [(left, y), (left + 236, y), (left + 236, y + high), (left, y + high)], "#f2b765", 0.13, 20
        )
    for side in (
        (x - 22, y - 22, 24, high + 44),
        (x + wide - 2, y - 22, 24, high + 44),
        (x - 22, y - 22, wide + 44, 24),
    ):
        canvas.box(*side, "#5a3c2a", 3)
    sill = y + high
    canvas.fill(
        [(x - 60, sill - 4), (x + wide + 60, sill - 4), (x + wide + 60, sill + 34), (x - 60, sill + 34)],
        "#a36d44",
        "#6d462d",
    )
    canvas.soft(
        [(x - 50, sill + 36), (x + wide + 50, sill + 36), (x + wide + 30, sill + 74), (x - 30, sill + 74)],
        "#15100d",
        0.55,
        12,
    )
    teapot(canvas, x + wide * 0.2, sill - 4, 118)
    letter(canvas, x + wide * 0.56, sill - 6, 170)
    pot_plant(canvas, x + wide * 0.03, sill - 4, 74)


def teapot(canvas, x, y, size):
    canvas.line(
        curve(
            [
                (x + size * 0.82, y - size * 0.5),
                (x + size * 1.14, y - size * 0.6),
                (x + size * 1.2, y - size * 0.3),
                (x + size * 0.9, y - size * 0.16),
            ]
        ),
        "#24665a",
        size * 0.08,
    )
    canvas.shape(
        curve(
            [
                (x + size * 0.14, y - size * 0.26),
                (x - size * 0.1, y - size * 0.36),
                (x - size * 0.22, y - size * 0.66),
                (x - size * 0.12, y - size * 0.68),
                (x + size * 0.0, y - size * 0.48),
                (x + size * 0.2, y - size * 0.46),
            ]
        ),
        "#2f7868",
    )
    canvas.fill(
        curve(
            [
                (x + size * 0.24, y),
                (x + size * 0.06, y - size * 0.28),
                (x + size * 0.2, y - size * 0.58),
                (x + size * 0.5, y - size * 0.68),
            ]
            + [(x + size * 0.8, y - size * 0.58), (x + size * 0.94, y - size * 0.28), (x + size * 0.76, y)]
        ),
        "#4a998a",
        "#2f7868",
        "#1c554a",
    )
    canvas.disc(x + size * 0.5, y - size * 0.65, size * 0.44, "#3d8a7a", size * 0.12)
    canvas.disc(x + size * 0.5, y - size * 0.75, size * 0.13, WARM)
    canvas.fill(
        [
            (x + size * 1.36, y - size * 0.3),
            (x + size * 1.74, y - size * 0.3),
            (x + size * 1.66, y),
            (x + size * 1.44, y),
        ],
        "#faf1dd",
        "#dcc7a0",
    )
    steam = curve(
        [
            (x - size * 0.18, y - size * 0.72),
            (x - size * 0.06, y - size * 0.92),
            (x - size * 0.26, y - size * 1.1),
            (x - size * 0.1, y - size * 1.34),
        ]
    )
    canvas.soft([*steam, *reversed([(a + 12, b) for a, b in steam])], "#fffaf0", 0.75, 6)


def letter(canvas, x, y, size):
    canvas.soft([(x, y - 6), (x + size * 1.05, y - 6), (x + size, y + 6), (x, y + 6)], "#4a2f1d", 0.6, 5)
    sheet = [
        (x + size * 0.1, y - size * 0.72),
        (x + size * 0.74, y - size * 0.8),
        (x + size * 0.8, y - size * 0.2),
        (x + size * 0.16, y - size * 0.12),
    ]
    canvas.fill(sheet, "#fffdf6", "#f1e6cf")
    for row in range(5):
        top = y - size * (0.66 - row * 0.1)
        canvas.line(
            [
                (x + size * (0.19 + row * 0.008), top),
                (x + size * (0.64 - 0.1 * (row == 4)), top - size * 0.05),
            ],
            "#b9b19d",
            3,
        )
    canvas.fill(
        [(x, y), (x + size, y), (x + size, y - size * 0.42), (x, y - size * 0.42)], "#f7ead0", "#e6d2ab"
    )
    canvas.line(
        [(x, y - size * 0.42), (x + size * 0.5, y - size * 0.12), (x + size, y - size * 0.42)], "#c9b189", 3
    )
    canvas.box(x + size * 0.8, y - size * 0.36, size * 0.14, size * 0.15, WARM)


def pot_plant(canvas, x, y, size):
    for turn, reach in ((-0.7, 0.9), (-0.3, 1.15), (0.05, 1.25), (0.4, 1.05), (0.8, 0.85)):
        tip = (x + size * 0.4 + math.sin(turn) * size * reach, y - size * 0.5 - math.cos(turn) * size * reach)
        root = (x + size * 0.4, y - size * 0.5)
        bulge = ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2)
        canvas.shape(
            curve([root, (bulge[0] - size * 0.14, bulge[1]), tip, (bulge[0] + size * 0.14, bulge[1]), root]),
            mix("#1f6352", "#3f8f74", abs(turn)),
        )
    canvas.fill(
        [(x, y - size * 0.56), (x + size * 0.8, y - size * 0.56), (x + size * 0.68, y), (x + size * 0.12, y)],
        "#c27a4c",
        "#8f5433",
    )


def basket(canvas, x, y, size):
    """A basket with rolls of thread."""
    for number, dye in enumerate(("#d79a4a", "#b4501e", "#5c9a86", "#f3e4c4", "#0e5a4f")):
        canvas.disc(
            x + size * (0.18 + 0.16 * number), y - size * (0.56 + 0.06 * (number % 2)), size * 0.27, dye
        )
        canvas.disc(
            x + size * (0.18 + 0.16 * number),
            y - size * (0.58 + 0.06 * (number % 2)),
            size * 0.09,
            mix(dye, INK, 0.4),
        )
    canvas.fill(
        curve([(x, y - size * 0.56), (x + size * 0.08, y - size * 0.2), (x + size * 0.2, y)])
        + curve([(x + size * 0.8, y), (x + size * 0.92, y - size * 0.2), (x + size, y - size * 0.56)]),
        "#c99d61",
        "#8a643b",
    )
    for row in range(4):
        top = y - size * (0.47 - row * 0.12)
        canvas.line(
            curve(
                [
                    (x + size * (0.03 + row * 0.03), top),
                    (x + size * 0.5, top + size * 0.05),
                    (x + size * (0.97 - row * 0.03), top),
                ]
            ),
            "#a67c49",
            size * 0.02,
        )
    canvas.box(x - size * 0.03, y - size * 0.6, size * 1.06, size * 0.08, "#b78a50", 6)


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
        canvas.line(
            [(middle + way * 90, y + 18), (middle + way * (166 - number * 2), y)], mix(tint, PAPER, 0.06), 66
        )
        canvas.line(
            [(middle + way * 90, y + 8), (middle + way * (160 - number * 2), y - 9)],
            mix(tint, PAPER, 0.22),
            40,
        )


def palm(canvas, middle, way, skin, shadow):
    """The ball of the hand and the thumb, in front of the phone."""

    def turned(points):
        return [(middle + way * a, b) for a, b in points]

    hand = [(236, 1040), (200, 970), (156, 906), (132, 836), (140, 780), (160, 742), (190, 728), (222, 744)]
    hand += [(258, 786), (298, 850), (326, 916), (362, 1000)]
    canvas.fill(turned([*curve(hand), (300, 1060)]), mix(skin, PAPER, 0.04), skin, mix(skin, shadow, 0.55))
    thumb = [
        (236, 880),
        (196, 850),
        (158, 786),
        (122, 706),
        (98, 652),
        (78, 640),
        (64, 660),
        (74, 728),
        (100, 812),
        (134, 886),
    ]
    thumb += [(186, 942), (240, 968)]
    canvas.soft(turned([(x - 8, y + 12) for x, y in thumb[3:8]]), "#0a3a33", 0.5, 8)
    canvas.fill(turned(curve(thumb)), mix(skin, PAPER, 0.2), mix(skin, PAPER, 0.06), mix(skin, shadow, 0.24))
    nail = [(80, 652), (73, 668), (82, 700), (96, 700), (96, 668), (88, 652), (80, 652)]
    canvas.shape(turned(curve(nail)), mix(skin, PAPER, 0.5))
