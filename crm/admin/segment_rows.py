"""The builder's rows as its template shows them: fields, operators and inputs of each condition."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crm.segments import form, registry
from crm.segments.definition import DEEPEST, MATCHES, Problem
from crm.segments.fields import MOST_OFFERED, Field, Kind, Operator, Takes

INPUTS = {Kind.NUMBER: "number", Kind.DATE: "date"}


@dataclass(slots=True)
class Node:
    """A group or a condition: `path` names its inputs, `problems` says what is wrong with it."""

    path: str
    number: int = 0
    problems: list[str] = field(default_factory=list)
    # A group.
    match: str = ""
    children: "list[Node]" = field(default_factory=list)
    may_nest: bool = True
    # A condition.
    field_name: str = ""
    asked: Field | None = None
    op: str = ""
    operators: list[Operator] = field(default_factory=list)
    takes: str = ""
    kind: str = ""
    values: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return bool(self.match)

    @property
    def matches(self) -> list[tuple[str, str]]:
        """What a group may ask of its conditions."""
        return [(name, words.capitalize()) for name, words in MATCHES.items()]

    @property
    def sources(self) -> list[tuple[str, list[Field]]]:
        """The fields to choose from, by what they are of."""
        return registry.by_source()

    @property
    def key(self) -> str:
        """Its path as an id: a dot has a meaning in selectors."""
        return self.path.replace(".", "-")


def show(draft: form.Draft, problems: Sequence[Problem]) -> Node:
    """The outermost group with everything in it; conditions are numbered as problems name them."""
    by_path: dict[str, list[str]] = {}
    for one in problems:
        by_path.setdefault(form.place_of(draft, one.path), []).append(one.text)
    return _Showing(by_path).group(draft, form.ROOT, 1)


class _Showing:
    def __init__(self, problems: dict[str, list[str]]) -> None:
        self.problems = problems
        self.count = 0

    def group(self, draft: form.Draft, path: str, depth: int) -> Node:
        node = Node(path, match=draft["match"], may_nest=depth < DEEPEST)
        node.problems = self.problems.get(path, [])
        for n, one in enumerate(draft["conditions"]):
            place = f"{path}-{n}"
            inner = "match" in one
            node.children.append(
                self.group(one, place, depth + 1) if inner else self.row(one, place)
            )
        return node

    def row(self, draft: form.Draft, path: str) -> Node:
        self.count += 1
        asked = registry.find(draft["field"])
        node = Node(path, self.count, self.problems.get(path, []), field_name=draft["field"])
        node.asked, node.op, node.values = asked, draft["op"], list(draft["values"])
        if asked is None:
            return node
        operator = asked.operators.get(draft["op"]) or next(iter(asked.operators.values()))
        node.operators, node.op = list(asked.operators.values()), operator.name
        node.takes = operator.takes.value
        node.kind = "days" if operator.takes is Takes.DAYS else INPUTS.get(asked.kind, "text")
        if asked.kind is Kind.BOOL:
            node.options = [("yes", asked.yes), ("no", asked.no)]
        elif asked.choices:
            labels = asked.choices.labels(node.values)
            offered = list(asked.choices.search(""))
            if len(offered) < MOST_OFFERED:
                node.options = offered
            else:
                node.values = [labels.get(one, one) for one in node.values]
        if operator.takes is Takes.SEVERAL and not node.options:
            node.values.append("")  # one more to fill in
        elif not node.values:
            node.values = [""]
        return node
