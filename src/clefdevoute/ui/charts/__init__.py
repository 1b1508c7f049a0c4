"""Drawings made on the server: positions in %, heights in pixels, text never shrunk, a table beside each."""

from .compared import Compared, ComparedRow, compared
from .gauge import Gauge, Part, gauge
from .labels import Label, Line
from .levels import Level, Levels, levels
from .step_curve import Change, StepCurve, Threshold, step_curve
from .step_line import StepLine, step_line
from .year import ArchPart, YearStep

__all__ = [
    "ArchPart",
    "Change",
    "Compared",
    "ComparedRow",
    "Gauge",
    "Label",
    "Level",
    "Levels",
    "Line",
    "Part",
    "StepCurve",
    "StepLine",
    "Threshold",
    "YearStep",
    "compared",
    "gauge",
    "levels",
    "step_curve",
    "step_line",
]
