"""Components, base pages, French formats, drawings. Knows no record and no law."""
