"""Settings, root addresses, servers and commands: where the floors are put together."""
