"""What the tests of the records share: actors, a fixed moment, and threads with connections of their own."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.foundation.models import User


@pytest.fixture
def now() -> dt.datetime:
    return dt.datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=dt.UTC)


@pytest.fixture
def make_actor(db: None) -> Callable[..., Actor]:
    """Make an actor with a user behind it; each in an enterprise of its own unless told."""

    def make(
        role: Role = Role.GESTIONNAIRE, entreprise_id: Any = None, permissions: frozenset[str] = frozenset()
    ) -> Actor:
        user = User.objects.create_user(f"{uuid7().hex}@exemple.be", name="Personne inventée")
        return Actor(user.id, role, entreprise_id or uuid7(), permissions)

    return make


@pytest.fixture
def in_threads(transactional_db: None) -> Any:
    """Run a function in several threads at once, each with its own connection to one real database."""

    def run(count: int, function: Callable[[int], Any]) -> list[Any]:
        results: list[Any] = [None] * count

        def one(index: int) -> None:
            try:
                results[index] = function(index)
            except BaseException as error:
                results[index] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=(index,)) for index in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run
