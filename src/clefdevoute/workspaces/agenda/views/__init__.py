"""The pages of the agenda, one module per part."""
