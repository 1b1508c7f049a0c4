"""The forms of the accompagnateur, one module per part."""
