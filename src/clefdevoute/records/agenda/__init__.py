"""When and who, never content: appointments, séances, attendance and impediments; the only source of the clocks."""
