"""What anyone may open: the simulator, the rules. Nothing is stored."""
