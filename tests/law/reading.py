"""An explanation as a person reads it, to freeze it word for word."""

from typing import Any

from clefdevoute.law.kernel.explained import Explained


def as_text(answer: Explained[Any]) -> str:
    """Write the conclusion, its steps below it, the values in force with their text, then the doubts."""
    lines = []
    for depth, step in answer.walk():
        lines.append("  " * depth + step.sentence)
        for value in step.law:
            lines.append("  " * depth + f"  [{value.parameter}, depuis le {value.since:%d/%m/%Y} : {value.title}]")
    lines += ["", "Doutes", *(f"- {doubt}" for doubt in answer.doubts)]
    return "\n".join(lines) + "\n"
