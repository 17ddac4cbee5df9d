from __future__ import annotations

from pathlib import Path

import pytest
from cli_runs import Commands

FILE = """
cowpath: 1
process: Claims
current:
  steps:
    - decision: Covered?
      next:
        "yes": {to: Pay, share: 60%}
        "no": {to: Reject, share: 70%}
    - task: Pay
      next: []
    - task: Reject
"""


def test_branches_over_all_cases_are_taken_in_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Commands(tmp_path, capsys)
    file = tmp_path / "claims.cow.yaml"
    file.write_text(FILE.lstrip(), encoding="utf-8")

    ran = run("import", str(file), "-w", str(tmp_path / "w.cowpath"))
    said = run("import", str(file), "-w", str(tmp_path / "w.cowpath"), "--json").json

    told = "the branches of 1 “Covered?” take 130 % of the cases, more than all"
    assert (ran.code, f"claims.cow.yaml: {told}" in ran.err) == (0, True)
    assert isinstance(said, list)
    assert (said[0]["repairs"], said[0]["remarks"]) == ([], [told])
