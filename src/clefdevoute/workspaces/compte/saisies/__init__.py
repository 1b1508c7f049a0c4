"""What is typed and could be lost: the session ended, the token aged, the role changed in another tab."""
