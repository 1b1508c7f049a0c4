"""Drawings made on the server: positions in %, heights in pixels, text never shrunk, a table beside each."""

from .compared import Compared, ComparedRow, compared
from .gauge import Gauge, Part, gauge
from .labels import Label, Line
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
    "Line",
    "Part",
    "StepCurve",
    "StepLine",
    "Threshold",
    "YearStep",
    "compared",
    "gauge",
    "step_curve",
    "step_line",
]
