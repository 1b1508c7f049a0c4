"""The paths of a person: training plan, jobcoaching, validation of skills, part in the management."""
