"""Ground floor: what the law says. No framework, no clock, no float, no input but its own YAML."""
