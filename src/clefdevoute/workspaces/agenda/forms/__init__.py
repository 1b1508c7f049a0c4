"""What is typed in the agenda."""
