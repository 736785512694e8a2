"""How well one colour is told from another: the contrast ratio of WCAG 2.2, from 1 to 21."""


def luminance(color):
    """Return the relative luminance of "#rrggbb", as WCAG defines it."""
    shares = [number / 255 for number in bytes.fromhex(color.removeprefix("#"))]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * number for weight, number in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Return the contrast ratio of two colours, "#rrggbb"."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
