"""
Background work: the one door to django_tasks, so that the engine behind can change.

A task is a plain function of a module, with plain arguments (identifiers, never rows or secrets:
arguments are stored in the database). It is enqueued when the transaction commits, or not at all.
"""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any, Protocol, cast

from django.apps import apps
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks import task as _task


class BackgroundTask(Protocol):
    """A function that can be run later."""

    module_path: str

    def enqueue(self, *args: Any, **kwargs: Any) -> Any:
        """Hand it to the queue."""

    def using(self, *, run_after: dt.datetime) -> "BackgroundTask":
        """Give the same work for a later moment."""

    def get_backend(self) -> Any:
        """Give the engine behind."""


def task(function: Callable[..., Any]) -> BackgroundTask:
    """Declare a function of a module as background work."""
    return cast(BackgroundTask, _task()(function))


def enqueue(background: BackgroundTask, **arguments: Any) -> None:
    """Run it in the background once the present transaction has committed."""
    transaction.on_commit(functools.partial(background.enqueue, **arguments))


def schedule(background: BackgroundTask, *, at: dt.datetime, **arguments: Any) -> bool:
    """
    Have it run from a moment on, unless it already waits for one; answer whether it was laid down.

    An engine that runs everything at once, such as that of the tests, cannot wait and lays nothing down.
    """
    if not background.get_backend().supports_defer:
        return False
    queue = apps.get_model("django_tasks_database", "DBTaskResult").objects
    if queue.filter(task_path=background.module_path, status=TaskResultStatus.READY).exists():
        return False
    background.using(run_after=at).enqueue(**arguments)
    return True
