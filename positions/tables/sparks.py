"""A cell's history as one path of steps, drawn on the server: up is support, down is opposition, a gap is silence."""

from positions.tables.counts import BINS, Standing

WIDTH, HEIGHT = 96, 20  # pixels
EDGE = 2  # above and below, so that the line is not cut
STEP = WIDTH // BINS


def spark(standing: Standing) -> str:
    """Return the path ("M0 2H4V18H8"), empty for a cell with too little to draw. Nothing is drawn over silence."""
    if len(standing.series) < 2:
        return ""
    path, end, level = [], None, None
    for number, support, oppose, neutral, _ in standing.series:
        x, y = number * STEP, _height((support - oppose) / (support + oppose + neutral))
        if x != end:
            path.append(f"M{x} {y}")
        elif y != level:
            path.append(f"V{y}")
        elif path:  # the same step goes on
            path.pop()
        end, level = x + STEP, y
        path.append(f"H{end}")
    return "".join(path)


def _height(net: float) -> int:
    """Pixels from the top: EDGE where all support (1), the middle where sides are even or neutral (0)."""
    return round(EDGE + (HEIGHT - 2 * EDGE) * (1 - net) / 2)
