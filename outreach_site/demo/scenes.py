"""The pictures of the demo, drawn: places and things, nobody's face."""

import math
import random

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
            rise = 18 + 58 * depth
            y = top + (bottom - top) * depth + rise * sway(x + 190 * near)
            edge.append((x, y))
        lip = 3 + 13 * near
        floor = [(canvas.width + 40, canvas.height + 10), (-40, canvas.height + 10)]
        canvas.shape([*edge, *floor], mix(bank, shade, 0.25 + 0.5 * near))
        canvas.shape([*((x, y + lip * 0.32) for x, y in edge), *floor], mix(bank, shade, 0.75 * near))
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


# --- scenes --------------------------------------------------------------------------------
def mountains(canvas):
    """Dawn over terraces."""
    canvas.sky("#b9d3cf", "#dde5d8", "#f6e6cc", "#f5cf9f", bottom=470)
    canvas.glow(1090, 372, 1100, "#fff0cf", 0.95)
    canvas.disc(1090, 366, 112, "#fff4da")
    karst(canvas, 5, 400, 190, "#b7c9be", "#f3dfc0", count=9, foot=560)
    canvas.glow(1090, 420, 900, "#fbe1b4", 0.5, 300)
    karst(canvas, 12, 470, 210, "#86aca0", "#ecdfc3", count=7, foot=640)
    ridge(canvas, 21, 500, 70, "#5f9486", "#dfdcc2", foot=700)
    canvas.soft([(-50, 520), (900, 548), (1700, 520), (1700, 570), (800, 600), (-50, 575)], "#f9ecd3", 0.75, 26)
    ridge(canvas, 33, 590, 62, "#35786a", "#7da793", foot=820)
    tree(canvas, 300, 618, 66, "#2b6b5b", 3)
    tree(canvas, 352, 622, 46, "#2b6b5b", 4)
    stilt_house(canvas, 380, 640, 104, roof="#7a5236", wall="#a97f57", light="#ffe3a3")
    stilt_house(canvas, 520, 628, 78, roof="#6d4a33", wall="#9c744f", light="#ffe3a3")
    tree(canvas, 622, 626, 52, "#2f7060", 6)
    smoke = curve([(452, 572), (462, 540), (446, 508), (470, 470), (462, 430)])
    canvas.soft([*smoke, *reversed([(x + 16, y) for x, y in smoke])], "#fff6e6", 0.55, 9)
    terraces(
        canvas, 660, 596, bottom=930, count=9, seed=8, pools=["#f3dcb2", "#8fb98f", "#e9dcbc", "#5c9a78"], bank=LEAF, shade="#093f37"
    )
    canvas.glow(1050, 700, 900, "#fff0cc", 0.34, 420)
    birds(canvas, [(700, 236, 17), (748, 258, 12), (664, 272, 11)], "#4d6b69")


SCENES = {
    "mountains": (mountains, WIDE),
}


def draw(name, width=None):
    """Return the picture `name`, `width` pixels wide (default: as designed)."""
    scene, size = SCENES[name]
    canvas = Canvas(*size, final_width=width)
    scene(canvas)
    canvas.mottle(name)
    return canvas.finish()
