"""What every test can rely on, and the list of what could not be tested on this machine.

A test that drives an outside program says so with `@pytest.mark.needs("dot")`; one that reads the
real-world fixtures with `@pytest.mark.needs("fixtures")`. Where that is missing the test is skipped
and the run ends with the list; with COWPATH_ALL set, it fails instead.
"""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from sharing_out import Together
from xdist.remote import Producer

ROOT = Path(__file__).parent.parent
FIXTURES = Path(os.environ.get("COWPATH_FIXTURES") or ROOT.parent / "shared" / "fixtures")

_PATIENT = [HealthCheck.too_slow]
settings.register_profile(
    "brief", max_examples=25, derandomize=True, deadline=None, suppress_health_check=_PATIENT
)
settings.register_profile("long", max_examples=250, deadline=None, suppress_health_check=_PATIENT)
settings.load_profile(os.environ.get("COWPATH_EXAMPLES") or "brief")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(*programs): outside programs that the test drives")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer | None) -> Together:
    """Say how the tests are shared out among the processes."""
    return Together(config, log)


def pytest_collection_finish() -> None:
    """Keep what was imported and collected out of every collection of garbage, and collect as rarely as the app."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _is_there(need: str) -> bool:
    return FIXTURES.is_dir() if need == "fixtures" else shutil.which(need) is not None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for need in marker.args:
            if not _is_there(need):
                if os.environ.get("COWPATH_ALL"):
                    pytest.fail(f"{need} is missing, and COWPATH_ALL asks for everything", pytrace=False)
                pytest.skip(f"needs {need}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    needs: dict[str, list[str]] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
        needs.setdefault(reason.removeprefix("Skipped: "), []).append(report.nodeid)
    if not needs:
        return
    terminalreporter.section("not tested on this machine")
    for reason, tests in sorted(needs.items()):
        terminalreporter.write_line(f"{reason}: {len(tests)} tests")
        for test in tests:
            terminalreporter.write_line(f"  {test}")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def _own_folders(_homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test out of the user's own folders and settings."""
    # a folder of pytest's own would be numbered, and for that all those before be listed
    home = Path(mkdtemp(dir=_homes))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    for name in ("COWPATH_WORKSPACE", "COWPATH_KEYS", "NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
