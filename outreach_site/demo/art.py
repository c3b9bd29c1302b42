"""Brushes: what Pillow draws hard-edged and flat, drawn soft. Everything is repeatable.

Coordinates are those of the finished picture; the canvas is larger and is made smaller at the end,
which smooths every edge.
"""

import math
import random

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

PAPER, INK, LEAF, WARM = "#fbfaf7", "#1e2a2e", "#0e5a4f", "#b4501e"


def rgb(colour):
    return ImageColor.getrgb(colour) if isinstance(colour, str) else colour


def mix(one, other, share):
    """Return the colour that has `share` (0 to 1) of `other` in it."""
    return tuple(round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))


def curve(points, steps=14):
    """Return a smooth line through `points` (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    line = []
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            line.append(
                tuple(
                    0.5
                    * (
                        2 * b
                        + (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t * t
                        + (3 * b - a - 3 * c + d) * t * t * t
                    )
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    return [*line, points[-1]]


def waves(seed, *sizes):
    """Return a function of x: a sum of slow waves, one for each (length, height) of `sizes`."""
    dice = random.Random(seed)
    parts = [(length, height, dice.random() * math.tau) for length, height in sizes]
    return lambda x: sum(height * math.sin(math.tau * x / length + phase) for length, height, phase in parts)


class Canvas:
    """A picture being drawn. `width` and `height` are those of the finished one."""

    def __init__(self, width, height, *, final_width=None, finer=2):
        self.width, self.height = width, height
        self.final = (final_width or width, round((final_width or width) * height / width))
        self.scale = self.final[0] / width * finer
        self.size = (round(width * self.scale), round(height * self.scale))
        self.image = Image.new("RGB", self.size, PAPER)
        self.pen = ImageDraw.Draw(self.image)

    # --- flat ------------------------------------------------------------------------------
    def at(self, points):
        return [(x * self.scale, y * self.scale) for x, y in points]

    def shape(self, points, colour):
        self.pen.polygon(self.at(points), fill=rgb(colour))

    def box(self, x, y, width, height, colour, radius=0):
        corners = self.at([(x, y), (x + width, y + height)])
        self.pen.rounded_rectangle([*corners[0], *corners[1]], radius * self.scale, fill=rgb(colour))

    def disc(self, x, y, across, colour, high=None):
        high = high or across
        corners = self.at([(x - across / 2, y - high / 2), (x + across / 2, y + high / 2)])
        self.pen.ellipse([*corners[0], *corners[1]], fill=rgb(colour))

    def line(self, points, colour, width):
        """A line with round ends and joints."""
        points = self.at(points)
        wide = max(1, round(width * self.scale))
        self.pen.line(points, fill=rgb(colour), width=wide, joint="curve")
        if wide > 2:
            # Pillow leaves notches where a thick line bends.
            for x, y in points:
                self.pen.ellipse([x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2], fill=rgb(colour))

    # --- shaded ----------------------------------------------------------------------------
    def sky(self, *stops, top=0, bottom=None):
        """Fill the canvas from `top` to `bottom` with colours that run into each other downwards."""
        bottom = self.height if bottom is None else bottom
        box = self._box(0, top, self.width, bottom)
        ramp = _ramp(stops, box)
        self._paste(ramp.resize((box[2] - box[0], box[3] - box[1])), box)

    def fill(self, points, *stops, strength=1.0):
        """Fill a shape with colours that run into each other from its top to its bottom."""
        whole = self._box(*_bounds(points), clip=False)
        box = self._clip(whole)
        if box is None:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        moved = [(x - box[0], y - box[1]) for x, y in self.at(points)]
        ImageDraw.Draw(mask).polygon(moved, fill=round(255 * strength))
        stops = stops if len(stops) > 1 else stops * 2
        # The ramp runs over the whole shape, also the part that lies outside the canvas.
        ramp = _ramp(stops, whole)
        ramp = ramp.crop((0, box[1] - whole[1], 1, box[3] - whole[1]))
        self._paste(ramp.resize((box[2] - box[0], box[3] - box[1])), box, mask)

    def soft(self, points, colour, strength, blur):
        """A shape without edges: mist, shadow, light."""
        left, top, right, bottom = _bounds(points)
        box = self._box(left - 3 * blur, top - 3 * blur, right + 3 * blur, bottom + 3 * blur)
        if box is None:
            return
        # What is blurred anyway may be drawn small.
        small = max(1.0, blur * self.scale / 4)
        size = (max(2, round((box[2] - box[0]) / small)), max(2, round((box[3] - box[1]) / small)))
        mask = Image.new("L", size, 0)
        moved = [((x - box[0]) / small, (y - box[1]) / small) for x, y in self.at(points)]
        ImageDraw.Draw(mask).polygon(moved, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(blur * self.scale / small))
        mask = mask.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BICUBIC)
        self._paste(rgb(colour), box, mask)

    def glow(self, x, y, across, colour, strength, high=None):
        """Light around a point, fading to nothing at the rim."""
        high = high or across
        box = self._box(x - across / 2, y - high / 2, x + across / 2, y + high / 2, clip=False)
        size = (box[2] - box[0], box[3] - box[1])
        mask = _light(strength).resize(size, Image.Resampling.BICUBIC)
        seen = self._clip(box)
        if seen:
            mask = mask.crop((seen[0] - box[0], seen[1] - box[1], seen[2] - box[0], seen[3] - box[1]))
            self._paste(rgb(colour), seen, mask)

    def mottle(self, seed, strength=0.35):
        """Let the colours breathe, as watercolour does: large soft patches, no grain."""
        dice = random.Random(seed)
        patches = Image.new("L", (9, 6))
        patches.putdata([dice.randrange(70, 186) for _cell in range(9 * 6)])
        patches = patches.resize((180, 120), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(9))
        patches = patches.resize(self.size, Image.Resampling.BICUBIC)
        lit = ImageChops.soft_light(self.image, Image.merge("RGB", [patches] * 3))
        self.image = Image.blend(self.image, lit, strength)
        self.pen = ImageDraw.Draw(self.image)

    def finish(self):
        """Return the finished picture."""
        return self.image.resize(self.final, Image.Resampling.LANCZOS)

    # --- inside ----------------------------------------------------------------------------
    def _box(self, left, top, right, bottom, clip=True):
        box = tuple(
            round(side * self.scale)
            for side in (math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
        )
        box = (box[0], box[1], max(box[2], box[0] + 1), max(box[3], box[1] + 1))
        return self._clip(box) if clip else box

    def _clip(self, box):
        clipped = (max(box[0], 0), max(box[1], 0), min(box[2], self.size[0]), min(box[3], self.size[1]))
        return clipped if clipped[0] < clipped[2] and clipped[1] < clipped[3] else None

    def _paste(self, what, box, mask=None):
        if box:
            self.image.paste(what, box, mask)


def _bounds(points):
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _ramp(stops, box):
    """Return a column as high as `box` that runs through the colours `stops`, evenly spaced, downwards."""
    high = box[3] - box[1]
    last = len(stops) - 1
    pixels = []
    for y in range(high):
        place = y / max(high - 1, 1) * last
        lower = min(int(place), last - 1)
        pixels.append(mix(stops[lower], stops[lower + 1], place - lower))
    ramp = Image.new("RGB", (1, high))
    ramp.putdata(pixels)
    return ramp


def _light(strength):
    # Pillow's gradient is 0 in the middle and about 180 at the middle of each side. Squared, it is soft.
    rim = Image.radial_gradient("L")
    return rim.point([round(max(0.0, 1 - value / 180) ** 2 * 255 * strength) for value in range(256)])
