"""What the pages of the justification show, prepared from records and law; no page and no write here."""
