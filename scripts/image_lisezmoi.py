"""
Take the picture of the README, ``docs/images/tableau-de-bord.png``, from a demonstration started for it.

Run with the development set installed and Chromium on the machine: ``python scripts/image_lisezmoi.py``.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "images" / "tableau-de-bord.png"
CHROMIUM = os.environ.get("CLEFDEVOUTE_CHROMIUM", "/usr/bin/chromium")
SIZE = {"width": 1440, "height": 1240}
MAX_BYTES = 200_000
EMAIL, PASSWORD = "gestion@tilleul.example", "tilleul-de-demonstration"


def main() -> int:
    """Start a demonstration in a folder of its own, sign in, take the picture, stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "clefdevoute.cli", "demo", "--port", str(port), "--data", f"{folder}/demo"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 our own command
            try:
                ready = server.stdout is not None and any("Ctrl-C" in line for line in server.stdout)
                if not ready:
                    return 1
                take(f"http://127.0.0.1:{port}")
            finally:
                server.send_signal(signal.SIGINT)
                server.communicate(timeout=30)
    size = TARGET.stat().st_size
    sys.stdout.write(f"{TARGET.relative_to(ROOT)} : {size} octets\n")
    return 0 if size <= MAX_BYTES else 1


def take(address: str) -> None:
    """Photograph the dashboard in light, as wide as a desk."""
    with sync_playwright() as drive:
        browser = drive.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", locale="fr-BE")
        page.goto(f"{address}/connexion/")
        page.fill("[name=login]", EMAIL)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "connexion" not in url)
        page.goto(f"{address}/gestion/", wait_until="networkidle")
        TARGET.parent.mkdir(exist_ok=True)
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    raise SystemExit(main())
