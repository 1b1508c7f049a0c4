"""The subcommands of ``clefdevoute``; each module imports only what it needs, when it is called."""
