"""`manage.py evaluate`: how well an engine reads labelled replies."""

import json
from collections.abc import Callable, Iterable, Sequence, Sized
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer
from django.core.management import CommandError
from django.utils import timezone
from django_typer.management import TyperCommand, command, initialize
from rich.console import Console
from rich.table import Table

from outreach.ai.client import configured
from outreach.conversations import evaluate as replies
from outreach.conversations.batch import classify_many
from outreach.conversations.classify import classify
from outreach.conversations.likeness import TABLE
from outreach.conversations.likening import as_table, examples_of, hold_out, learn
from outreach.conversations.second_reading import understand
from outreach.conversations.stop_likeness import TABLE as STOP_TABLE
from outreach.conversations.stop_likening import (
    as_stop_table,
    learn_stops,
    phrases_of,
    stop_examples_of,
)
from outreach.inbound.notices import evaluate as notices
from quotes.engines import merged
from quotes.extraction.case import QuoteReading, ReplyCase
from quotes.extraction.engine import read_quote
from quotes.extraction.evaluate import (
    Score,
    compare,
    evidence_holds,
    read_cases,
    to_case,
    to_prediction,
)
from quotes.model_reading import read_with_model


def read_by_model(case: ReplyCase) -> QuoteReading:
    """As the product reads with a model: its answer checked and merged with the rules'."""
    answered = read_with_model(case, request="", campaign_id=None, contact_id=None)
    by_rules = read_quote(case)
    return merged(by_rules, answered[0]) if answered else by_rules


ENGINES: dict[str, Callable[[ReplyCase], QuoteReading]] = {
    "rules": read_quote,
    "llm": read_by_model,
}


class Command(TyperCommand):
    help = "Measure an engine on a file of labelled replies."

    @initialize()
    def root(self) -> None:
        """Each kind of mail is a sub-command."""

    @command(help="Read every reply of FILE (JSON lines) and compare with its truth.")
    def quotes(
        self,
        file: Annotated[Path, typer.Argument(help="Cases, one JSON object a line.")],
        engine: Annotated[str, typer.Option(help="rules or llm")] = "rules",
        predictions: Annotated[Path | None, typer.Option(help="Write predictions here.")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    ) -> None:
        check_engine(engine)
        cases, problems = [], []
        for case, problem in read_cases(lines_of(file)):
            if problem:
                problems.append(str(problem))
            else:
                cases.append(case)
        check_cases(file, cases, problems)
        # Every prediction is made before any truth is looked at.
        read = [(case, read_one(ENGINES[engine], case)) for case in cases]
        if predictions:
            write_lines(predictions, ((c.get("id"), to_prediction(r)) for c, r in read))
        result = judge(read) | {"engine": engine, "problems": problems}
        if as_json:
            print(json.dumps(result, ensure_ascii=False, default=str))
        else:
            show(result)

    @command(help="Classify every reply of FILE (JSON lines) and compare with its truth.")
    def replies(
        self,
        file: Annotated[Path, typer.Argument(help="Labelled replies, one JSON object a line.")],
        engine: Annotated[str, typer.Option(help="rules or llm")] = "rules",
        workers: Annotated[int, typer.Option(help="Processes to read with.")] = 1,
        predictions: Annotated[Path | None, typer.Option(help="Write predictions here.")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    ) -> None:
        check_engine(engine)
        cases, problems = [], []
        for case, problem in replies.read_cases(lines_of(file)):
            if problem:
                problems.append(str(problem))
            else:
                cases.append(case)
        check_cases(file, cases, problems)
        classify(replies.WARMING)  # compiling the tables is not the reading's time
        began = perf_counter()
        # Every prediction is made before any truth is looked at.
        inputs = [replies.to_case(case) for case in cases]
        if engine == "llm":
            readings = [understand(case)[0] for case in inputs]
        else:
            readings = list(classify_many(inputs, workers=workers))
        read = list(zip(cases, readings, strict=True))
        seconds = perf_counter() - began
        if predictions:
            write_lines(predictions, ((c.get("id"), replies.to_prediction(r)) for c, r in read))
        result = replies.judge(read) | {
            "engine": engine,
            "problems": problems,
            "per_second": round(len(read) / seconds, 1) if read else 0.0,
        }
        if as_json:
            print(json.dumps(result, ensure_ascii=False, default=str))
        else:
            show(result)

    @command(help="Learn from labelled replies what each intent sounds like.")
    def learn(
        self,
        files: Annotated[list[Path], typer.Argument(help="Labelled replies, as for `replies`.")],
        into: Annotated[Path, typer.Option(help="The table to write.")] = TABLE,
        held_out: Annotated[
            bool, typer.Option(help="Write none; read each file by what the others taught.")
        ] = False,
    ) -> None:
        known = {file: examples_of(lines_of(file)) for file in files}
        if not any(known.values()):
            raise CommandError("There is no labelled reply in these files.")
        if held_out:
            for file, right, of in hold_out(known):
                print(f"{file.name}: {right} of {of} ({right / max(1, of):.1%})")
            return
        table = learn([example for examples in known.values() for example in examples])
        write(into, [as_table(table)])
        print(f"{sum(map(len, known.values()))} replies, {len(table.weights)} features: {into}")

    @command(help="Learn from labelled replies and phrases what a wish to stop sounds like.")
    def learn_stops(
        self,
        files: Annotated[list[Path], typer.Argument(help="Labelled replies, as for `replies`.")],
        phrases: Annotated[Path, typer.Option(help="Phrases: CSV with `class` and `phrase`.")],
        into: Annotated[Path, typer.Option(help="The table to write.")] = STOP_TABLE,
    ) -> None:
        examples = phrases_of(line + "\n" for line in lines_of(phrases))
        for file in files:
            examples += stop_examples_of(lines_of(file))
        if not any(stops for _, stops in examples):
            raise CommandError("Nobody asks to stop in these files.")
        table = learn_stops(examples)
        write(into, [as_stop_table(table)])
        print(f"{len(examples)} texts, {len(table.weights)} features: {into}")

    @command(help=notices.SHAPE)
    def bounces(
        self,
        folder: Annotated[Path, typer.Argument(help="A folder of raw messages, one a file.")],
        labels: Annotated[
            Path | None,
            typer.Option(help="Truth as JSON lines in the same shape: print accuracy instead."),
        ] = None,
        day: Annotated[
            str, typer.Option(help="The day mail without a date came, for “back on Monday”.")
        ] = "",
    ) -> None:
        try:
            today = date.fromisoformat(day) if day else timezone.localdate()
            found = notices.read_folder(folder, today)
            if labels:
                result = notices.compare_readings(found, lines_of(labels))
                print(json.dumps(result, ensure_ascii=False, indent=1))
                return
            for line in found:
                print(json.dumps(line, ensure_ascii=False))
        except (OSError, ValueError) as error:
            raise CommandError(f"{folder} cannot be read: {error}") from error


def check_engine(engine: str) -> None:
    """Refuse an engine that is unknown, or a model where none is set up."""
    if engine not in ENGINES:
        raise CommandError(f"There is no engine “{engine}”; use rules or llm.")
    if engine == "llm" and not configured():
        raise CommandError("No model is configured: set AI_MODEL and AI_BASE_URL or AI_API_KEY.")


def check_cases(file: Path, cases: Sized, problems: Sequence[str]) -> None:
    """Refuse a file of which nothing can be read: nothing right of nothing is no result."""
    if not cases:
        why = problems[0] if problems else "it is empty."
        raise CommandError(f"{file} holds no reply that can be read: {why}")


def lines_of(file: Path) -> list[str]:
    """The lines of a file, or a refusal that says why it cannot be read."""
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error


def read_one(engine: Callable[[ReplyCase], QuoteReading], case: dict[str, Any]) -> QuoteReading:
    """One prediction; the engine is handed the case without its truth."""
    return engine(to_case({key: value for key, value in case.items() if key != "truth"}))


def write_lines(path: Path, predicted: Iterable[tuple[Any, dict[str, Any]]]) -> None:
    """A line a case: its id and the prediction in the shape of the truth, with evidence."""
    lines = (
        json.dumps({"id": case, "prediction": prediction}, ensure_ascii=False, default=str) + "\n"
        for case, prediction in predicted
    )
    write(path, lines)


def write(path: Path, lines: Iterable[str]) -> None:
    """The file anew, or a refusal that says why it cannot be written."""
    try:
        with path.open("w", encoding="utf-8") as output:
            output.writelines(lines)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def judge(read: list[tuple[dict[str, Any], QuoteReading]]) -> dict[str, Any]:
    """Accuracy per field over the cases that have a truth, and how many evidence spans hold."""
    score, good, spans = Score(), 0, 0
    for case, reading in read:
        prediction = to_prediction(reading)
        held, asked = evidence_holds(case, prediction, reading.body)
        good, spans = good + held, spans + asked
        if "truth" in case:
            compare(case, prediction, score)
    fields = {
        name: {"right": score.right[name], "of": score.asked[name], "rate": score.rate(name)}
        for name in score.asked
    }
    return {
        "cases": len(read),
        "fields": fields,
        "evidence": {"right": good, "of": spans, "rate": good / spans if spans else 1.0},
        "misses": [
            {"id": case, "field": name, "truth": truth, "predicted": predicted}
            for case, name, truth, predicted in score.misses
        ],
    }


def show(result: dict[str, Any]) -> None:
    """The accuracy table, and what was wrong with the file."""
    console = Console()
    table = Table(title=f"{result['cases']} replies, engine {result['engine']}")
    table.add_column("field")
    table.add_column("right", justify="right")
    table.add_column("of", justify="right")
    table.add_column("rate", justify="right")
    rows = [*result["fields"].items(), ("evidence stands in the text", result["evidence"])]
    for name, figures in rows:
        table.add_row(name, str(figures["right"]), str(figures["of"]), f"{figures['rate']:.1%}")
    console.print(table)
    for name, figures in result.get("found", {}).items():
        console.print(
            f"{name}: {figures['found']} of {figures['wanted']} found "
            f"(recall {figures['recall']:.1%}), {figures['invented']} invented "
            f"(precision {figures['precision']:.1%})"
        )
    if "per_second" in result:
        console.print(f"{result['held_without_wish']} held as a doubtful opt-out without need")
        console.print(f"{result['per_second']} replies a second")
    for problem in result["problems"]:
        console.print(f"[yellow]{problem}[/yellow]")
