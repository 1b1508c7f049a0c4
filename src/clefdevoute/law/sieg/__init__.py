"""The ceiling of small aid for a service of general economic interest."""
