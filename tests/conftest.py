"""What every test may use."""

import importlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same invented facts at every run, and no clock: a property fails because it is false, never by chance or haste.
settings.register_profile(
    "repete", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("cherche", settings.get_profile("repete"), derandomize=False)  # ./test --long looks further
settings.load_profile("repete")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs nobody of us wrote; absent elsewhere, and then said in one line."""
    if not SHARED.is_dir():
        pytest.skip("les données partagées ne sont pas là")
    return SHARED


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """
    Offer to rewrite golden texts; the run then fails so that a person reads the difference.

    The law's tests run without pytest-django: its setting must then still be a known name.
    """
    if not pluginmanager.has_plugin("django"):
        parser.addini("DJANGO_SETTINGS_MODULE", "unused without Django")
    parser.addoption("--update-golden", action="store_true", help="réécrit les textes figés, puis échoue")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Prepare the database runner once Django is set up; the law's tests go without."""
    if config.pluginmanager.has_plugin("django"):
        importlib.import_module("tests.database")
        config.pluginmanager.register(_Clock(), "clefdevoute-clock")


class _Clock:
    """Begins each test at the same moment, before any of its fixtures."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        importlib.import_module("tests.clock").begin()


@pytest.fixture
def golden(request: pytest.FixtureRequest):
    """Compare a text with its frozen copy in ``golden/`` beside the test."""

    def compare(name: str, text: str) -> None:
        path = request.path.parent / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            pytest.fail(f"{path.name} réécrit : relisez la différence, puis relancez sans --update-golden")
        assert text == path.read_text(encoding="utf-8")

    return compare
