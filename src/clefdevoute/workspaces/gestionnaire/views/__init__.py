"""The gestionnaire's views, a module per subject: rows through ``visible_to``, writes through actions."""
