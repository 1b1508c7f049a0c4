"""Reasonable adjustments: the measure that the head of the enterprise decides, the health reason apart."""
