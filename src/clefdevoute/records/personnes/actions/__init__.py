"""Every write about persons: the register, the statuses, the accompagnateurs, the imports."""
