"""Woven cloth: rows of a made-up pattern, no named people's, hung up so that it falls in folds."""

import random

from PIL import Image, ImageChops, ImageDraw

from outreach_site.demo.art import INK, Canvas, mix, waves

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
                canvas.shape(
                    [
                        (middle[0] - step * size, middle[1]),
                        (middle[0], middle[1] - high * size),
                        (middle[0] + step * size, middle[1]),
                        (middle[0], middle[1] + high * size),
                    ],
                    ink,
                )
        elif kind == "teeth":
            canvas.shape([(x, y + high), (x + step / 2, y + high * 0.1), (x + step, y + high)], inks[0])
            canvas.shape(
                [(x + step * 0.25, y + high), (x + step / 2, y + high * 0.5), (x + step * 0.75, y + high)],
                inks[1],
            )
        else:
            for stair in range(4):
                side = step * (0.46 - stair * 0.11)
                canvas.box(
                    x + step / 2 - side,
                    y + high * (0.14 + 0.18 * stair),
                    side * 2,
                    high * 0.19,
                    inks[1 + stair % 2],
                )


def drape(canvas, seed, x, y, wide, high, *, ground, folds=4):
    """Hang a woven cloth at (x, y): it falls in folds, and its rows follow them."""
    flat = Canvas(wide, high, final_width=round(wide * canvas.scale), finer=1)
    weave(flat, seed, ground=ground)
    fall = waves(seed, (wide / folds, 7), (wide / folds * 0.47, 2.5))
    size, slices = flat.size, min(56, flat.size[0])
    mesh = []
    for number in range(slices):
        left, right = round(number * size[0] / slices), round((number + 1) * size[0] / slices)
        up = [fall(edge / canvas.scale) * canvas.scale for edge in (left, right)]
        mesh.append(
            (
                (left, 0, right, size[1]),
                (left, -up[0], left, size[1] - up[0], right, size[1] - up[1], right, -up[1]),
            )
        )
    cloth = flat.image.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)
    shade = Image.new("L", (slices, 1))
    shade.putdata(
        [
            round(126 + 6.5 * fall(wide * (number + 0.5) / slices + wide / folds * 0.22))
            for number in range(slices)
        ]
    )
    shade = shade.resize(size, Image.Resampling.BICUBIC)
    cloth = ImageChops.soft_light(cloth, Image.merge("RGB", [shade] * 3))
    mask = Image.new("L", size, 0)
    hem = [(edge, high - 26 + fall(edge)) for edge in range(0, round(wide) + 8, 8)]
    ImageDraw.Draw(mask).polygon(
        [(a * canvas.scale, b * canvas.scale) for a, b in [(0, 0), (wide, 0), *reversed(hem)]], fill=255
    )
    canvas.soft(
        [(x + 16, y), (x + wide + 16, y), (x + wide + 14, y + high), (x + 14, y + high)], "#3b2a1c", 0.32, 14
    )
    canvas.image.paste(cloth, (round(x * canvas.scale), round(y * canvas.scale)), mask)
    for number in range(round(wide / 13)):
        edge = 6 + number * 13
        foot = y + high - 26 + fall(edge)
        canvas.line([(x + edge, foot - 2), (x + edge + 2, foot + 26)], DYES[(number * 2) % 5], 3)
