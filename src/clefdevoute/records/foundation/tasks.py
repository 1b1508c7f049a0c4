"""
Background work: the one door to django_tasks, so that the engine behind can change.

A task is a plain function of a module, with plain arguments (identifiers, never rows or secrets:
arguments are stored in the database). It is enqueued when the transaction commits, or not at all.
"""

import functools
from collections.abc import Callable
from typing import Any, Protocol

from django.db import transaction
from django_tasks import task as _task


class BackgroundTask(Protocol):
    """A function that can be run later."""

    def enqueue(self, *args: Any, **kwargs: Any) -> Any:
        """Hand it to the queue."""


def task(function: Callable[..., Any]) -> BackgroundTask:
    """Declare a function of a module as background work."""
    declared: BackgroundTask = _task()(function)
    return declared


def enqueue(background: BackgroundTask, **arguments: Any) -> None:
    """Run it in the background once the present transaction has committed."""
    transaction.on_commit(functools.partial(background.enqueue, **arguments))
