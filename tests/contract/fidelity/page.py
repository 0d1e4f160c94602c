"""The last section of docs/contribute/fidelity.md, written from the deviations. In: the rows. Out: the page.

python -m tests.contract.fidelity.page
"""

from pathlib import Path

from tests.contract.fidelity.deviations import ALL, AREAS
from tests.contract.fidelity.stage import Deviation

PAGE = Path(__file__).parents[3] / "docs/contribute/fidelity.md"
START = "## Every row\n"
"""Where the rows begin. People write what stands above it."""
HEAD = f"""{START}
`make fidelity` writes this section from the rows of `tests/contract/fidelity/*_deviations.py`. Change the
rows, not this section.

Each of the {len(ALL)} rows is a scene. A test plays it twice, on plain moto and on the local cloud, and
asserts both outcomes.

- *AWS* is the outcome on AWS, and on the local cloud.
- *plain moto* is the outcome without the local cloud's own rules. If moto learns a rule, the row's
  test fails. Then we can delete our own code for it.
- *source* says how we know AWS's outcome. `done` is a call that succeeded.

| source | what it is |
|---|---|
| VPC Peering Guide, VPC User Guide, EC2 User Guide | pages of AWS |
| EC2 errors | the table of error codes of the EC2 API reference |
| EC2 API | the text of the service model of EC2 |
| Route 53 API, Service Quotas API, CloudTrail API | the text of the service model of that service |
| observed | an answer of real AWS that its users have reported |
| assumed | our best reading, without a source |
"""


def page() -> str:
    """Return the page: what people wrote at its top, and a table for each area."""
    parts = [PAGE.read_text().partition(START)[0], HEAD]
    for area, rows in AREAS.items():
        table = "".join(map(_row, rows))
        parts.append(
            f"\n### {area}\n\n| what | AWS | plain moto | source |\n|---|---|---|---|\n{table}"
        )
    return "".join(parts)


def _row(deviation: Deviation) -> str:
    cells = (_cell(deviation.aws), _cell(deviation.moto), deviation.source)
    return f"| {' | '.join((deviation.name, *cells))} |\n"


def _cell(value: object) -> str:
    """Return an outcome as a person reads it: the same text in every run, also for a set."""
    return f"`{_text(value)}`"


def _text(value: object) -> str:
    match value:
        case str():
            return value
        case dict():
            return ", ".join(f"{key}: {_text(each)}" for key, each in value.items())
        case set() | frozenset():
            return ", ".join(sorted(map(_text, value)))
        case [] | ():
            return "nothing"
        case list() | tuple():
            return "; ".join(_part(each) for each in value)
        case True | False | None:
            return {True: "yes", False: "no", None: "nothing"}[value]
        case _:
            return str(value)


def _part(value: object) -> str:
    """Return one of several outcomes, in brackets if it has parts itself."""
    several = isinstance(value, (list, tuple)) and value
    return f"({_text(value)})" if several else _text(value)


if __name__ == "__main__":
    PAGE.write_text(page())
