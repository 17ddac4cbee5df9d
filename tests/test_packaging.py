from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
ASK = """
import json, cowpath
from cowpath.formats.samples import load_sample, sample_names
print(json.dumps([cowpath.__file__, {name: len(load_sample(name).current.steps) for name in sample_names()}]))
"""


def _ask(path: Path | None) -> tuple[str, dict[str, int]]:
    environment = {**os.environ, "PYTHONPATH": str(path)} if path else dict(os.environ)
    answer = subprocess.run(
        [sys.executable, "-B", "-c", ASK],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    where, samples = json.loads(answer.stdout)
    return where, samples


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (made,) = folder.glob("*.whl")
    unpacked = folder / "unpacked"
    zipfile.ZipFile(made).extractall(unpacked)
    return unpacked


def test_the_samples_are_found_in_this_checkout_and_in_the_wheel(wheel: Path) -> None:
    here, from_checkout = _ask(None)
    there, from_wheel = _ask(wheel)

    assert Path(here).is_relative_to(ROOT)
    assert Path(there).is_relative_to(wheel)
    assert from_checkout == from_wheel
    assert sorted(from_wheel) == ["loan-application", "motor-claims", "supplier-invoices"]


def test_the_wheel_holds_all_that_is_no_python_too(wheel: Path) -> None:
    source = ROOT / "src" / "cowpath"
    other = {
        str(path.relative_to(source))
        for path in source.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and "__pycache__" not in path.parts
    }
    packed = {
        str(path.relative_to(wheel / "cowpath")) for path in (wheel / "cowpath").rglob("*") if path.is_file()
    }

    assert packed == other


def test_the_wheel_starts(wheel: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-B", "-m", "cowpath", "--version"],
        env={**os.environ, "PYTHONPATH": str(wheel)},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.startswith("cowpath ")


def test_the_lock_names_every_extra_that_a_package_asks_for() -> None:
    lock = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    asked = {
        f"{need.name}[{','.join(sorted(need.extras))}]"
        for each in distributions()
        for need in map(Requirement, each.requires or [])
        if need.extras and (need.marker is None or need.marker.evaluate({"extra": ""}))
    }

    assert asked
    assert [need for need in sorted(asked) if f"\n{need}==" not in f"\n{lock}"] == []
