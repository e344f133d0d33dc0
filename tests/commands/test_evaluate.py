"""`manage.py evaluate quotes`: predictions first, JSON on demand, clear words for bad files."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

OWN = Path(__file__).parents[1] / "quotes" / "data" / "own_replies.jsonl"


def test_it_prints_accuracy_and_writes_predictions_with_evidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "predictions.jsonl"
    call_command("evaluate", "quotes", str(OWN), "--json", "--predictions", str(output))
    result = json.loads(capsys.readouterr().out)
    assert result["fields"]["price"]["rate"] >= 0.95
    assert result["evidence"]["rate"] == 1.0
    lines = [json.loads(line) for line in output.read_text().splitlines()]
    assert len(lines) == result["cases"]
    assert lines[0]["prediction"]["evidence"]["price"]["text"] == "$31,900"


def test_a_broken_line_is_named_and_the_rest_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text("{broken\n" + OWN.read_text().splitlines()[0] + "\n")
    call_command("evaluate", "quotes", str(file), "--json")
    result = json.loads(capsys.readouterr().out)
    assert result["cases"] == 1
    assert "Line 1" in result["problems"][0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.jsonl"], "cannot be read"),
        ([str(OWN), "--engine", "magic"], "no engine"),
        ([str(OWN), "--engine", "llm"], "No model is configured"),
        (["/dev/null"], "no reply that can be read: it is empty"),
        ([__file__], "no reply that can be read: Line 1"),
        ([str(OWN), "--predictions", "/nowhere/p.jsonl"], "cannot be written"),
    ],
)
def test_what_cannot_work_is_said_in_words(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("evaluate", "quotes", *arguments)


def test_the_truth_is_not_handed_to_the_engine(tmp_path: Path) -> None:
    cases = [json.loads(line) for line in OWN.read_text().splitlines()]
    with_truth, without = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    predictions = []
    for path, keep in ((with_truth, True), (without, False)):
        kept = [{k: v for k, v in case.items() if keep or k != "truth"} for case in cases]
        path.write_text("\n".join(json.dumps(case) for case in kept))
        output = path.with_suffix(".out")
        call_command("evaluate", "quotes", str(path), "--json", "--predictions", str(output))
        predictions.append(output.read_text())
    assert predictions[0] == predictions[1]


def test_replies_are_measured_with_recall_and_speed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Path(__file__).parents[1] / "outreach/conversations/data/own_replies_blind.jsonl"
    file, output = tmp_path / "cases.jsonl", tmp_path / "predictions.jsonl"
    file.write_text("{broken\n" + own.read_text(encoding="utf-8"), encoding="utf-8")
    call_command("evaluate", "replies", str(file), "--json", "--predictions", str(output))
    result = json.loads(capsys.readouterr().out)
    assert "Line 1" in result["problems"][0]
    assert result["fields"]["intent"]["rate"] >= 0.9
    assert result["found"]["opt_out"]["recall"] == 1.0
    assert result["per_second"] > 0
    assert len(output.read_text(encoding="utf-8").splitlines()) == result["cases"]


WILD = Path(__file__).parents[1] / "outreach" / "inbound" / "notices" / "wild"


def test_bounces_prints_a_line_a_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("qmail-no-mailbox.eml", "ooo-es.eml"):
        (tmp_path / "deep" / name).write_bytes((WILD / name).read_bytes())
    (tmp_path / "labels.jsonl").write_text("not mail")
    call_command("evaluate", "bounces", str(tmp_path))
    away, dead = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (away["file"], away["kind"]) == ("deep/ooo-es.eml", "out_of_office")
    assert (away["return_on"], away["stand_in"]) == ("2026-12-01", "marta@vuelos.example")
    assert (dead["kind"], dead["hardness"]) == ("bounce", "hard")
    assert dead["recipient"] == "joe@lakeside.example"
    assert "no mailbox here" in dead["reason"]


def test_bounces_compares_with_labels(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("evaluate", "bounces", str(WILD), "--labels", str(WILD / "labels.jsonl"))
    result = json.loads(capsys.readouterr().out)
    assert result["fields"]["kind"]["rate"] == 1.0
    assert not result["misses"]


def test_bounces_says_that_there_is_no_folder() -> None:
    with pytest.raises(CommandError, match="is no folder"):
        call_command("evaluate", "bounces", "nowhere")
