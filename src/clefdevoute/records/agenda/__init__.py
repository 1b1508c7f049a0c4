"""When one meets and who comes: appointments, séances, impediments; never what was said."""
