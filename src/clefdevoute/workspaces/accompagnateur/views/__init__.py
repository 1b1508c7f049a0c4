"""The pages of the accompagnateur, one module per part."""
