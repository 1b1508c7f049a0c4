"""``clefdevoute django …``: Django's own commands with this project's settings, for developers."""

import os

from django.core.management import execute_from_command_line


def main(argv: list[str]) -> int:
    """Run a Django command; its own exit codes apply."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clefdevoute.config.settings")
    execute_from_command_line(["clefdevoute django", *argv])
    return 0
