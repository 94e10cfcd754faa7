"""The arithmetic of the reports: medians, how much values scatter, paired ratios, geometric means, what counts as a fall.

Speed ratios are base time / engine time: 2 is twice as fast as the base. They are taken round by round, from runs that were
neighbours in time, and their median is shown: what slows the machine for a while slows both.
"""
import math
from dataclasses import dataclass
from statistics import median

NOISE_FLOOR = 0.05              # nothing below this counts as a change
NOISE_OF_ONE = 0.15             # assumed of a single round, which cannot show its own


@dataclass
class Figure:
    value: float
    spread: float               # relative: half of what the values differ by (half the interquartile range from 5 on)
    count: int

    def noise(self):
        """What another measurement may differ by."""
        return NOISE_OF_ONE if self.count < 2 else 2 * self.spread


def present(values):
    return [v for v in values if v is not None]


def quantile(ordered, share):
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def figure(values):
    """None when there is no value."""
    ordered = sorted(present(values))
    if not ordered:
        return None
    middle = median(ordered)
    low, high = (quantile(ordered, 0.25), quantile(ordered, 0.75)) if len(ordered) >= 5 else (ordered[0], ordered[-1])
    return Figure(middle, (high - low) / 2 / middle if middle else 0.0, len(ordered))


def paired_ratio(base_values, values):
    """The figure of base / value over the rounds that have both."""
    return figure([b / v for b, v in zip(base_values, values) if b is not None and v])


def geometric_mean(ratios):
    ratios = present(ratios)
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else None


def is_behind(ratio, limit=1.0):
    """Whether a paired ratio lies below the limit by more than its own noise."""
    return ratio is not None and ratio.value < limit * (1 - max(NOISE_FLOOR, ratio.noise()))


def fall(old, new):
    """By how much the ratio fell, as a share of the old one, when that is more than the noise of both; else None."""
    if old is None or new is None:
        return None
    lost = 1 - new.value / old.value
    return lost if lost > noise_of_both(old, new) else None


def noise_of_both(old, new):
    return max(NOISE_FLOOR, math.hypot(old.noise(), new.noise()))


def steady_of(curve):
    """Seconds an iteration takes once warm: the median of the last half."""
    return median(curve[len(curve) // 2:])
