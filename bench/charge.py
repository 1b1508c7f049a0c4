"""Pages in a second of gunicorn, as ``clefdevoute serve`` starts it: two workers, eight clients at once."""

import http.client
import multiprocessing
import os
import socket
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections
from maigre import serveur_maigre

from clefdevoute.config.commands.serve import _Server

WORKERS, THREADS, CLIENTS, PASSES = 2, 4, 8, 5
SECONDS = 3.0


class _Banc(_Server):
    """The server with the lean view beside our pages."""

    def load(self) -> Callable[..., Any]:
        """Give both applications, loaded in the worker."""
        ours, lean = get_wsgi_application(), serveur_maigre()
        return lambda environ, start: (lean if environ["PATH_INFO"].startswith("/maigre/") else ours)(environ, start)


def _servir(port: int) -> None:
    options = {"bind": f"127.0.0.1:{port}", "workers": WORKERS, "threads": THREADS, "worker_class": "gthread"}
    _Banc(options | {"control_socket_disable": True, "loglevel": "error"}).run()


def par_seconde(adresses: Mapping[str, str], cookies: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Give for each page the middle of its passes, in pages a second, and the middle wait of a client in ms."""
    connections.close_all()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = multiprocessing.get_context("fork").Process(target=_servir, args=(port,))
    server.start()
    try:
        _attendre(port)
        found: dict[str, list[tuple[float, float]]] = {nom: [] for nom in adresses}
        for tour in range(PASSES + 1):
            for nom, adresse in adresses.items():
                one = _passe(port, adresse, cookies)
                if tour:
                    found[nom].append(one)
    finally:
        server.terminate()
        server.join()
    return {
        nom: (statistics.median(rate for rate, _ in rows), statistics.median(wait for _, wait in rows))
        for nom, rows in found.items()
    }


def _attendre(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


def _passe(port: int, adresse: str, cookies: Mapping[str, str]) -> tuple[float, float]:
    waits: list[float] = []
    header = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    stop = time.monotonic() + SECONDS

    def ask() -> None:
        door = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < stop:
            begun = time.perf_counter()
            door.request("GET", adresse, headers=header)
            answer = door.getresponse()
            answer.read()
            if answer.status != 200:
                os.write(2, f"{adresse} : {answer.status}\n".encode())
                return
            waits.append(time.perf_counter() - begun)

    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    begun = time.monotonic()
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return len(waits) / (time.monotonic() - begun), 1000 * statistics.median(waits or [0.0])
