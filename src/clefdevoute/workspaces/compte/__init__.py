"""What every signed-in person has: where to go after signing in, which role this session plays."""
