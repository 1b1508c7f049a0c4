"""The list of workers: one question that the screen, the saved views and the export share."""
