"""What the screens of the three paths show: the steps with their one verb, the history, what is without object."""
