from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest
from cli_runs import Commands, claims, json_file, map_file, target_of
from maps import flowing, with_elements

from cowpath.formats.format import ImportedTarget
from cowpath.formats.json import canonical
from cowpath.model.elements import Task
from cowpath.model.kinds import Verdict
from cowpath.model.plan import Answer, ChangeItem, Measure
from cowpath.model.quantities import ElementId


@pytest.fixture
def cow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return Commands(tmp_path, capsys)


@pytest.fixture
def with_claims(cow: Commands) -> Commands:
    """A workspace with motor claims and its target A."""
    current = claims()
    map_file(cow.folder, current, ImportedTarget(name="A", process_map=target_of(current)))
    cow.fine("-w", "w.cowpath", "import", "motor.cow.yaml")
    return cow


# --- new, list, derive, version, history, undo, redo, backup -----------------------------------


def test_a_process_begins_empty_and_is_listed(cow: Commands) -> None:
    said = cow.fine("-w", "w.cowpath", "new", "  Motor   claims ")

    assert said == f"Motor claims (motor-claims) begins in {cow.folder / 'w.cowpath'}\n"
    assert cow.fine("list", "--slugs") == "motor-claims\n"
    assert cow("new", "motor CLAIMS").code == 2


def test_what_new_prints_as_json(cow: Commands) -> None:
    ran = cow("-w", "w.cowpath", "new", "Motor claims", "--json")

    workspace = str(cow.folder / "w.cowpath")
    assert ran.json == {"process": "Motor claims", "slug": "motor-claims", "workspace": workspace}


def test_the_list_says_how_far_each_process_has_come(with_claims: Commands) -> None:
    with_claims.fine("version", "motor-claims", "--name", "before the workshop")

    head, line = with_claims.fine("list").splitlines()

    assert head.split() == ["Process", "slug", "current", "targets", "last", "edit"]
    assert line.startswith("Motor claims  motor-claims  v1       A +1 edit")


def test_a_process_is_renamed_archived_and_restored(with_claims: Commands) -> None:
    said = with_claims.fine("rename", "motor-claims", "Car claims")
    assert said == "Motor claims is called Car claims from now on; its slug stays motor-claims\n"

    said = with_claims.fine("archive", "car claims")
    assert said == "Car claims is archived; “cowpath restore motor-claims” brings it back\n"
    assert with_claims.fine("list", "--slugs") == ""
    assert with_claims.fine("list", "--archived", "--slugs") == "motor-claims\n"
    assert with_claims("show", "car claims").code == 2

    assert (
        with_claims.fine("restore", "Car claims") == "Car claims (motor-claims) is back among the processes\n"
    )
    assert with_claims.fine("list", "--slugs") == "motor-claims\n"


def test_a_template_is_kept_listed_and_begun_from(with_claims: Commands) -> None:
    with_claims.fine("duplicate", "motor-claims", "Any claim", "--state", "A", "--template")

    assert with_claims.fine("list", "--slugs") == "motor-claims\n"
    assert with_claims.fine("list", "--templates", "--slugs") == "any-claim\n"
    begun = with_claims("duplicate", "any claim", "Household claims", "--json")
    assert begun.json == {"process": "Household claims", "slug": "household-claims", "shelf": "processes"}
    assert with_claims.fine("show", "household-claims", "--as", "notation") == with_claims.fine(
        "show", "motor-claims", "--state", "A", "--as", "notation"
    )


def test_a_copy_without_a_name_gets_one_that_is_free(with_claims: Commands) -> None:
    said = with_claims.fine("duplicate", "motor-claims")

    assert said == "Motor claims (copy) (motor-claims-copy) begins as motor-claims › current is now\n"


def test_the_list_as_json_has_every_state(with_claims: Commands) -> None:
    (process,) = json.loads(with_claims.fine("list", "--json"))

    assert (process["process"], process["slug"]) == ("Motor claims", "motor-claims")
    assert [state["name"] for state in process["states"]] == ["current", "A"]
    assert process["states"][1] | {"last_edit": None} == {
        "name": "A",
        "kind": "option",
        "derived_from": "current",
        "due": None,
        "version": None,
        "edits": 1,
        "last_edit": None,
    }


def test_a_process_is_found_by_name_and_slug_in_any_case(with_claims: Commands) -> None:
    by_slug = with_claims.fine("show", "motor-claims")

    assert with_claims.fine("show", "MOTOR claims") == by_slug


def test_undo_redo_and_history_over_several_runs(with_claims: Commands) -> None:
    imported = with_claims.fine("show", "motor-claims", "--json")

    assert with_claims.fine("undo", "motor-claims") == "undone: import motor.cow.yaml\n"
    assert json.loads(with_claims.fine("show", "motor-claims", "--json"))["elements"] == []
    assert with_claims("undo", "motor-claims").code == 2
    assert with_claims.fine("redo", "motor-claims") == "done again: import motor.cow.yaml\n"
    assert with_claims.fine("show", "motor-claims", "--json") == imported
    rows = json.loads(with_claims.fine("history", "motor-claims", "--json"))
    assert [(row["edit"], row["kind"], row["label"]) for row in rows] == [
        (3, "redo", "import motor.cow.yaml"),
        (2, "undo", "import motor.cow.yaml"),
        (1, "edit", "import motor.cow.yaml"),
    ]


def test_the_states_of_a_process_are_undone_apart(with_claims: Commands) -> None:
    before = with_claims.fine("show", "motor-claims", "--json")

    with_claims.fine("undo", "motor-claims", "--state", "A")

    assert with_claims.fine("show", "motor-claims", "--json") == before
    assert with_claims.fine("show", "motor-claims", "--state", "A", "--json") == before


def test_a_target_begins_with_the_same_content_and_ids(with_claims: Commands) -> None:
    ran = with_claims("derive", "motor-claims", "Option B", "--from", "A", "--json")

    assert ran.json == {"process": "Motor claims", "state": "Option B", "derived_from": "A"}
    states = [
        with_claims.fine("show", "motor-claims", "--state", name, "--json") for name in ("A", "Option B")
    ]
    assert states[0] == states[1]
    assert with_claims("derive", "motor-claims", "Option B").code == 2
    assert with_claims("derive", "motor-claims", "current").code == 2


def test_a_version_stays_while_editing_goes_on(with_claims: Commands) -> None:
    before = with_claims.fine("show", "motor-claims", "--json")
    kept = with_claims("version", "motor-claims", "--name", "kick-off", "--json").json

    with_claims.fine("undo", "motor-claims")

    assert isinstance(kept, dict)
    assert (kept["version"], kept["name"]) == (1, "kick-off")
    assert with_claims.fine("show", "motor-claims", "--at", "1", "--json") == before
    assert with_claims.fine("show", "motor-claims", "--at", "kick-off", "--json") == before
    assert with_claims.fine("show", "motor-claims", "--at", "1").startswith(
        "Motor claims › current at version 1\n"
    )
    assert with_claims("show", "motor-claims", "--at", "2").code == 2


def test_a_backup_is_a_workspace_and_overwrites_nothing(with_claims: Commands) -> None:
    written = with_claims.fine("backup", "-o", "copy.cowpath")

    assert written == "a checked copy: copy.cowpath\n"
    assert with_claims.fine("-w", "copy.cowpath", "list", "--slugs") == "motor-claims\n"
    assert with_claims("-w", "w.cowpath", "backup", "-o", "copy.cowpath").code == 2


def test_a_backup_into_a_folder_that_is_not_there_says_so(with_claims: Commands) -> None:
    ran = with_claims("backup", "-o", "absent/copy.cowpath")

    assert ran.code == 2
    assert ran.err == "cowpath: there is no folder “absent”\nhint: make it first, or choose another with -o\n"


# --- show ----------------------------------------------------------------------------------------

OUTLINE = """\
Motor claims › current
  volume: 120 per working day
  currency: EUR
  lanes: Intake · Clerk · Finance
  7 steps in 3 lanes; marks: T 1 tribal knowledge, W 1 workaround

1 start · start
2 register · Intake
3 review · user task · Clerk
    touch: 4–7–15 min of work (estimated by Nora Duarte)
    systems: ClaimCore; can do it: Nora Duarte
    T tribal knowledge: which garages inflate
        holders: Nora Duarte
4 copy · manual task · Clerk
    W workaround: retypes the score into a sheet
5 decide? · decision · Clerk
    no → 7 end
  yes → 6 pay · Finance
      → 7 end
7 end · end
    here the branches of 5 decide? meet
"""


def test_the_outline_says_what_the_picture_shows(with_claims: Commands) -> None:
    assert with_claims.fine("show", "motor-claims") == OUTLINE


def test_a_map_file_is_shown_without_a_workspace(cow: Commands) -> None:
    json_file(cow.folder, claims())

    assert cow.fine("show", "motor.json") == OUTLINE
    assert cow.fine("show", "./motor.json") == OUTLINE
    assert [path.name for path in cow.folder.iterdir()] == ["motor.json"]


def test_ascii_leaves_out_every_sign_of_ours(with_claims: Commands) -> None:
    for form in ("outline", "diagram"):
        assert with_claims.fine("show", "motor-claims", "--ascii", "--as", form).isascii()


def test_no_line_of_an_outline_is_wider_than_asked(with_claims: Commands) -> None:
    lines = with_claims.fine("show", "motor-claims", "--width", "40").splitlines()

    assert max(map(len, lines)) <= 40


def test_a_diagram_is_the_picture_down_or_sideways(with_claims: Commands) -> None:
    down = with_claims.fine("show", "motor-claims", "--as", "diagram")
    sideways = with_claims.fine("show", "motor-claims", "--as", "diagram", "--sideways")

    assert "review" in down
    assert "review" in sideways
    assert down != sideways


def test_a_subprocess_is_drawn_open_when_asked(cow: Commands, tmp_path: Path) -> None:
    outer, inner = tmp_path / "order.txt", tmp_path / "checking.txt"
    outer.write_text("Front: Take order\nBack: [Checking]\nFront: Ship\nLoose: [Packing]\n")
    inner.write_text("Back: Read\nAudit: Judge\n")
    assert cow("import", str(outer), "--from", "notation").code == 0
    assert cow("import", str(inner), "--from", "notation").code == 0

    folded = cow("show", "order", "--as", "diagram")
    opened = cow("show", "order", "--as", "diagram", "--unfold")

    assert "[+]" in folded.out
    assert "Judge" not in folded.out
    assert "[-]" in opened.out
    assert "2.2" in opened.out
    assert "Judge" in opened.out
    assert "Audit" in opened.out
    assert "“Packing” stands for the process “Packing”, and there is no process “Packing”" in opened.err


@pytest.fixture
def crossed(cow: Commands, tmp_path: Path) -> Commands:
    """Make a process whose flows cross less when the lane in the middle stands at the side."""
    process = flowing(
        "A: a? -x-> B: b1 -> B: b2 -> B: b3 -> B: b4",
        "a? -y-> A: a1 -> A: a2 -> A: a3 -> A: a4",
        *(f"a{at} -> C: c{at}" for at in range(1, 4)),
        lanes=("A", "B", "C"),
        name="crossed",
    )
    cow.fine("import", map_file(tmp_path, process))
    return cow


def test_an_order_of_lanes_is_suggested_and_never_applied_unasked(crossed: Commands) -> None:
    before = crossed.fine("show", "crossed", "--json")
    ran = crossed("lanes", "crossed", "--json")

    assert ran.code == 0
    suggested = ran.json
    assert isinstance(suggested, dict)
    assert sorted(suggested["lanes"]) == ["A", "B", "C"]
    assert suggested["crossings"]["then"] < suggested["crossings"]["now"]
    assert suggested["applied"] is False
    assert crossed.fine("show", "crossed", "--json") == before


def test_a_suggested_order_of_lanes_is_one_edit_that_can_be_undone(crossed: Commands) -> None:
    before = crossed.fine("show", "crossed", "--json")

    ran = crossed("lanes", "crossed", "--apply")

    assert "undo takes it back" in ran.err
    assert crossed.fine("show", "crossed", "--json") != before
    assert "no order of the lanes was found" in crossed.fine("lanes", "crossed")
    crossed.fine("undo", "crossed")
    assert crossed.fine("show", "crossed", "--json") == before


def test_json_is_the_canonical_form(with_claims: Commands) -> None:
    shown = with_claims.fine("show", "motor-claims", "--as", "json")

    assert shown == canonical(claims()).decode() + "\n"


# --- import --------------------------------------------------------------------------------------


def test_importing_again_changes_nothing(with_claims: Commands) -> None:
    said = with_claims.fine("import", "motor.cow.yaml").splitlines()

    assert said == [
        "Motor claims › current: nothing new, from motor.cow.yaml",
        "Motor claims › A: nothing new, from motor.cow.yaml",
    ]
    assert len(with_claims.fine("history", "motor-claims").splitlines()) == 2


def test_an_import_under_another_name_is_another_process(with_claims: Commands) -> None:
    with_claims.fine("import", "motor.cow.yaml", "--as", "Fleet claims")

    assert with_claims.fine("list", "--slugs") == "motor-claims\nfleet-claims\n"


WAYS_TO_SAY = {
    "a list of steps as plain text": ("list.txt", "a list of steps, one a line: --from notation"),
    "a workspace": ("w.cowpath", "a workspace is opened, not read: cowpath -w w.cowpath list"),
    "a file that is not there": ("absent", "check the name and the folder"),
    "a folder": ("folder", "name a file in it"),
}


@pytest.mark.parametrize(("file", "hint"), WAYS_TO_SAY.values(), ids=WAYS_TO_SAY.keys())
def test_what_cannot_be_imported_as_it_is_called_is_told_the_way(
    file: str, hint: str, with_claims: Commands
) -> None:
    (with_claims.folder / "list.txt").write_text("take in\nreview\n", encoding="utf-8")
    (with_claims.folder / "folder").mkdir()

    ran = with_claims("-w", "w.cowpath", "import", file)

    assert ran.code == 2
    assert ran.err.splitlines()[-1] == f"hint: {hint}"


def test_a_pasted_list_in_a_text_file_is_a_process_called_as_the_file(with_claims: Commands) -> None:
    (with_claims.folder / "Visa.txt").write_text("take in\nreview\n", encoding="utf-8")

    said = with_claims.fine("-w", "w.cowpath", "import", "--from", "notation", "Visa.txt")

    assert said.startswith("Visa › current: 3 elements added")


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pasted list stand on standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"take in\nreview\n")))


@pytest.mark.usefixtures("piped")
def test_a_pasted_list_is_imported_from_standard_input(with_claims: Commands) -> None:
    said = with_claims.fine("-w", "w.cowpath", "import", "--from", "notation", "--as", "Visa", "-")

    assert said == "Visa › current: 3 elements added, from standard input\n"
    assert "import standard input" in with_claims.fine("-w", "w.cowpath", "history", "visa")


@pytest.mark.usefixtures("piped")
@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (("--as", "Visa"), "say which: --from cowpath, json or notation"),
        (("--from", "notation"), "say what people call the process: --as NAME"),
    ],
)
def test_what_standard_input_does_not_say_is_asked_for(
    options: tuple[str, ...], hint: str, with_claims: Commands
) -> None:
    ran = with_claims("-w", "w.cowpath", "import", *options, "-")

    assert ran.code == 2
    assert ran.err.splitlines()[-1] == f"hint: {hint}"


def test_several_files_are_all_read_before_anything_changes(cow: Commands) -> None:
    json_file(cow.folder, claims())
    (cow.folder / "broken.json").write_text("{}", encoding="utf-8")

    ran = cow("-w", "w.cowpath", "import", "motor.json", "broken.json")

    assert ran.code == 2
    assert not (cow.folder / "w.cowpath").exists()


def test_a_file_can_replace_one_state_that_is_there(with_claims: Commands) -> None:
    json_file(with_claims.folder, claims())

    ran = with_claims("import", "motor.json", "--state", "A", "--json")

    assert isinstance(ran.json, list)
    assert [(each["process"], each["state"]) for each in ran.json] == [("Motor claims", "A")]
    assert with_claims("compare", "motor-claims").code == 0
    assert with_claims("import", "motor.json", "--state", "B").code == 2
    assert with_claims("import", "motor.cow.yaml", "--state", "A").code == 2


# --- export --------------------------------------------------------------------------------------


def test_text_goes_to_standard_output_and_to_a_file_as_the_same_bytes(with_claims: Commands) -> None:
    for form in ("svg", "html", "text", "json", "dot", "cowpath"):
        shown = with_claims.fine("export", "motor-claims", "--to", form)
        dashed = with_claims.fine("export", "motor-claims", "--to", form, "-o", "-")
        with_claims.fine("export", "motor-claims", "--to", form, "-o", f"out-{form}")

        assert shown == dashed == (with_claims.folder / f"out-{form}").read_text(encoding="utf-8")
        assert shown


def test_names_are_replaced_by_aliases_unless_asked_for(with_claims: Commands) -> None:
    for form in ("html", "json", "cowpath"):
        quiet = with_claims("export", "motor-claims", "--to", form)

        assert "Nora" not in quiet.out
        assert "aliases" in quiet.err
        named = with_claims("export", "motor-claims", "--to", form, "--names")
        assert "Nora Duarte" in named.out
        assert "alias" not in named.err


@pytest.mark.parametrize("form", ["cowpath", "json", "notation"])
def test_an_export_that_can_be_read_back_says_that_aliases_would_come_with_it(
    form: str, with_claims: Commands
) -> None:
    ran = with_claims("export", "motor-claims", "--to", form)

    assert "importing this over its process would make the aliases its people" in ran.err
    assert "importing" not in with_claims("export", "motor-claims", "--to", "svg").err


def test_names_in_the_names_of_states_and_files_are_replaced_as_well(with_claims: Commands) -> None:
    with_claims.fine("derive", "motor-claims", "Nora's idea", "--from", "A")

    for form in ("svg", "html", "dot"):
        with_claims.fine("export", "motor-claims", "--to", form, "--compare", "Nora's idea", "-o", "out")
        assert "Nora" not in (with_claims.folder / "out").read_text(encoding="utf-8")
    whole = with_claims.fine("export", "motor-claims", "--to", "cowpath")
    assert "Handler 1's idea" in whole
    assert "Nora" not in whole


def test_a_map_file_comes_back_as_it_was(with_claims: Commands) -> None:
    with_claims.fine("export", "motor-claims", "--to", "cowpath", "--names", "-o", "back.cow.yaml")

    assert with_claims("compare", "back.cow.yaml", "current", "A").code == 1
    for state in ("current", "A"):
        assert with_claims.fine("show", "back.cow.yaml", "--state", state, "--json") == with_claims.fine(
            "show", "motor-claims", "--state", state, "--json"
        )


def test_a_comparison_is_drawn_with_what_is_gone(with_claims: Commands) -> None:
    plain = with_claims.fine("export", "motor-claims", "--to", "text", "--state", "A")
    marked = with_claims.fine("export", "motor-claims", "--to", "text", "--compare", "A")

    assert "copy" not in plain
    assert "copy" in marked
    assert marked != plain


def test_a_file_is_replaced_whole_and_keeps_its_permissions(with_claims: Commands) -> None:
    target = with_claims.folder / "out.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)

    with_claims.fine("export", "motor-claims", "--to", "json", "-o", "out.json")

    assert target.read_text(encoding="utf-8").startswith("{")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert not [path for path in with_claims.folder.iterdir() if path.name.startswith(".cowpath-")]


@pytest.mark.parametrize("output", ["w.cowpath", "new.cowpath", "NEW.COWPATH", "kept.bak", "link.svg"])
def test_an_export_never_takes_the_place_of_a_workspace(output: str, with_claims: Commands) -> None:
    folder = with_claims.folder
    (folder / "kept.bak").write_bytes((folder / "w.cowpath").read_bytes())
    (folder / "link.svg").symlink_to(folder / "w.cowpath")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    ran = with_claims("-w", "w.cowpath", "export", "motor-claims", "--to", "svg", "-o", output)

    assert ran.code == 2
    assert "workspace" in ran.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_link_stays_a_link_and_a_device_a_device(with_claims: Commands) -> None:
    real, link = with_claims.folder / "real.json", with_claims.folder / "link.json"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)

    with_claims.fine("export", "motor-claims", "--to", "json", "-o", "link.json")
    with_claims.fine("export", "motor-claims", "--to", "json", "-o", "/dev/null")

    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("{")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.needs("dot")
def test_graphviz_draws_and_its_pictures_never_reach_a_terminal(
    with_claims: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphviz = ("export", "motor-claims", "--engine", "graphviz", "--to")

    assert "<svg" in with_claims.fine(*graphviz, "svg")
    ran = with_claims(*graphviz, "png")
    assert ran.out == ""
    assert ran.err == (
        "wrote motor-claims-current.png\npeople are called by their aliases (1); --names shows their names\n"
    )
    assert (with_claims.folder / "motor-claims-current.png").read_bytes().startswith(b"\x89PNG")
    monkeypatch.setattr("cowpath.cli.exporting.is_terminal", lambda: True)
    refused = with_claims(*graphviz, "png", "-o", "-")
    assert (refused.code, refused.out) == (2, "")


def test_graphviz_missing_is_said(with_claims: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    ran = with_claims("export", "motor-claims", "--to", "svg", "--engine", "graphviz")

    assert ran.code == 2
    assert "--engine cowpath" in ran.err


def test_names_that_look_like_paths_stay_in_the_folder(cow: Commands) -> None:
    from cowpath.workspace.files import file_name

    assert file_name("../../etc/passwd", "/", ".png") == "etc-passwd-state.png"
    assert file_name("..", "a/b\\c", ".png") == "process-a-b-c.png"


# --- compare, where, formats, schema, completion -----------------------------------------------

COMPARISON = """\
Motor claims › A against current

  steps  + 1 added   − 1 removed   Δ 0 changed   ⇄ 1 moved   = 5 same

No copying · no owner yet
    − 4 copy · manual task, Clerk
    − W workaround on 4 copy: retypes the score into a sheet
    2 flows follow

No change item explains
    ⇄ 3 review · user task
        lane: Clerk → Finance
        touch: 4–7–15 min of work (estimated by Nora Duarte) → 20 min of work ▲ WORSE
    + 3a Sample 5 % · task, Intake

Safety valves that go: 1, 1 without an answer
    ? W workaround on 4 copy: retypes the score into a sheet: what takes its place?

How many                current  A
steps                         7  7  =
handoffs                      5  6  ▲ WORSE
lanes                         3  3  =
systems                       1  1  =
interfaces                    0  0  =
tribal knowledge marks        1  1  =
workaround marks              1  0
"""


def test_a_comparison_says_what_why_what_goes_and_what_gets_worse(with_claims: Commands) -> None:
    ran = with_claims("compare", "motor-claims")

    assert ran.code == 1
    assert ran.out.startswith(COMPARISON)
    assert "lead time are not judged" in ran.out


def test_a_comparison_as_json_has_the_documented_keys(with_claims: Commands) -> None:
    ran = with_claims("compare", "motor-claims", "current", "A", "--json")

    assert ran.code == 1
    said = ran.json
    assert isinstance(said, dict)
    assert list(said) == [
        *("process", "first", "second", "differ", "steps", "differences", "plan", "items", "ungrouped"),
        *("lineages", "valves", "counts", "simulated"),
    ]
    assert said["steps"] == {"added": 1, "removed": 1, "changed": 0, "moved": 1, "same": 5}
    assert said["valves"] == [
        {
            "mark": "sheet",
            "kind": "workaround",
            "name": "retypes the score into a sheet",
            "on": "copy",
            "answer": None,
        }
    ]
    (item,) = said["items"]
    assert set(item["differences"]) == {"copy", "sheet", "review--copy", "copy--decide"}
    assert said["ungrouped"] == ["review", "sample"]
    assert {tuple(each) for each in said["differences"]} == {
        ("id", "kind", "is", "what", "name", "fields", "items")
    }


def test_two_states_that_say_the_same_are_0(with_claims: Commands) -> None:
    ran = with_claims("compare", "motor-claims", "A", "A")

    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "They say the same."


def test_which_target_is_asked_where_there_are_several(with_claims: Commands) -> None:
    with_claims.fine("derive", "motor-claims", "B")

    ran = with_claims("compare", "motor-claims")

    assert ran.code == 2
    assert "A, B" in ran.err
    assert with_claims("compare", "motor-claims", "B").code == 0
    assert (
        with_claims("compare", "motor-claims", "A").out
        == with_claims("compare", "motor-claims", "current", "A").out
    )
    assert with_claims("compare", "motor-claims", "A", "B").code == 1


def test_where_finds_every_step_in_every_state(with_claims: Commands) -> None:
    said = json.loads(with_claims.fine("where", "claimcore", "--json"))

    assert [(use["slug"], use["state"], use["step"], use["how"]) for use in said] == [
        ("motor-claims", "current", "review", "systems"),
        ("motor-claims", "A", "review", "systems"),
    ]
    assert "3 review" in with_claims.fine("where", "Nora Duarte")
    assert with_claims("where", "Nobody").code == 2


def test_where_calls_an_ai_output_what_people_call_it(cow: Commands) -> None:
    (cow.folder / "visa.cow.txt").write_text("sort !a risk class\n", encoding="utf-8")
    cow.fine("-w", "w.cowpath", "import", "visa.cow.txt")

    assert "pinned to it (AI output)" in cow.fine("where", "risk class")


def test_formats_says_what_each_loses(cow: Commands) -> None:
    said = {each["name"]: each for each in json.loads(cow.fine("formats", "--json"))}

    assert said["json"]["reads"]
    assert said["json"]["writes"]
    assert not said["svg"]["reads"]
    assert said["svg"]["loses"]
    for name in said:
        assert name in cow.fine("formats")


def test_the_schema_is_json(cow: Commands) -> None:
    schema = json.loads(cow.fine("schema"))

    assert schema["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str, cow: Commands) -> None:
    assert f"{shell} completion for cowpath" in cow.fine("completion", shell)


@pytest.mark.needs("bash")
def test_bash_completes_commands_options_choices_and_processes(with_claims: Commands) -> None:
    import subprocess
    import sys

    script = with_claims.fine("completion", "bash")
    (with_claims.folder / "cowpath").write_text(
        f'#!/bin/sh\nexec {sys.executable} -m cowpath "$@"\n', encoding="utf-8"
    )
    (with_claims.folder / "cowpath").chmod(0o755)

    def completed(line: str) -> list[str]:
        words = " ".join(f"'{word}'" for word in line.split(" "))
        code = f'{script}\nCOMP_WORDS=({words}); COMP_CWORD={line.count(" ")}; _cowpath; printf "%s\\n" "${{COMPREPLY[@]}}"'
        ran = subprocess.run(
            ["bash", "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PATH": f"{with_claims.folder}:/usr/bin:/bin"},
        )
        return ran.stdout.split()

    assert completed("cowpath der") == ["derive"]
    assert completed("cowpath show --as d") == ["diagram"]
    assert "--sideways" in completed("cowpath show --s")
    assert completed("cowpath completion z") == ["zsh"]
    assert "motor-claims" in completed("cowpath show motor")


# --- the capture language ------------------------------------------------------------------------


def test_the_notation_is_shown_and_what_it_cannot_say_is_told_beside_it(with_claims: Commands) -> None:
    ran = with_claims("show", "motor-claims", "--as", "notation")

    assert ran.code == 0
    assert "Clerk: review ~4..7..15m #ClaimCore =user !t Nora Duarte: which garages inflate" in ran.out
    assert ran.err.startswith("not in the text")
    assert "basis" in ran.err


def test_notation_imported_over_its_process_keeps_what_it_cannot_say(with_claims: Commands) -> None:
    before = with_claims.fine("show", "motor-claims", "--json")
    text = with_claims.fine("export", "motor-claims", "--to", "notation", "--names")
    (with_claims.folder / "motor-claims.cow.txt").write_text(text, encoding="utf-8")

    same = with_claims.fine("import", "motor-claims.cow.txt")
    untouched = with_claims.fine("show", "motor-claims", "--json")
    changed = text.replace("copy =manual", "copy ~2m =manual")
    (with_claims.folder / "motor-claims.cow.txt").write_text(changed, encoding="utf-8")
    told = with_claims.fine("import", "motor-claims.cow.txt")

    assert same == "Motor claims › current: nothing new, from motor-claims.cow.txt\n"
    assert untouched == before
    assert told == "Motor claims › current: 1 element changed, from motor-claims.cow.txt\n"
    assert "estimated by Nora Duarte" in with_claims.fine("show", "motor-claims")


def test_notation_alone_begins_a_process_called_as_its_file(cow: Commands) -> None:
    (cow.folder / "Water damage.cow.txt").write_text(
        "Front: take in ~5m\nreview ~5..4m\npay\n", encoding="utf-8"
    )

    ran = cow("-w", "w.cowpath", "import", "Water damage.cow.txt")

    assert ran.code == 1
    assert "line 2, column 12" in ran.err
    assert cow.fine("list", "--slugs") == "water-damage\n"
    assert cow.fine("show", "water-damage", "--as", "notation") == "Front: take in ~5m\nreview\npay\n"


def test_the_parts_of_a_comparison_that_are_rarely_there_are_told(cow: Commands) -> None:
    current = claims()
    answer = Answer(
        id=ElementId("a"),
        valve=ElementId("sheet"),
        verdict=Verdict.REPLACED,
        by=(ElementId("post"), ElementId("sample")),
        because="the system keeps the score",
    )
    target = with_elements(
        target_of(current),
        Task(id=ElementId("post"), name="Post score", number="4a", replaces=(ElementId("copy"),)),
        Task(id=ElementId("sample"), name="Sample 5 %", number="3a", replaces=(ElementId("review"),)),
        answer,
        Measure(id=ElementId("m"), name="Cost per claim"),
        Measure(id=ElementId("n"), name="Days to payment"),
        ChangeItem(id=ElementId("idle"), name="Nothing yet", reason="to be seen"),
    )
    map_file(cow.folder, current, ImportedTarget(name="A", process_map=target))

    ran = cow("compare", "motor.cow.yaml")

    assert ran.code == 1
    for line in (
        "Nothing yet · no owner yet\n  because to be seen\n    nothing that differs",
        "In the plan itself\n    + measures: Cost per claim, Days to payment",
        "Steps that became others\n    3 review is split into 3 review and 3a Sample 5 %",
        "    4 copy is replaced by 4a Post score",
        "Safety valves that go: 1, 0 without an answer\n    ✓ W workaround on 4 copy: retypes the score into a",
    ):
        assert line in ran.out
    answered = "replaced by 4a Post score and 3a Sample 5 %; the system keeps the score"
    assert answered in " ".join(ran.out.split())
