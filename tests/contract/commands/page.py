"""docs/reference/commands.md, written from the commands' own help. In: the app. Out: the page.

python -m tests.contract.commands.page
"""

from __future__ import annotations

from enum import EnumMeta
from pathlib import Path
from typing import Any

import typer

from peerkeeper_cli.app import COMMANDS, INSTALLED, operator_app
from peerkeeper_cli.commands.reading_options import SETTINGS, WHOM
from peerkeeper_cli.reader.allowed_actions import policy

PAGE = Path(__file__).parents[3] / "docs/reference/commands.md"
HEAD = """# Commands

Written by `make commands` from the commands' own help; change that, not this.

`pip install .` in a clone brings the command `peerkeeper`. In a clone, `./peerkeeper` has the commands of
the [local cloud](../start/local-cloud.md) as well. Every command on this page only reads. It has a closed
list of actions, and it refuses any other call before it sends it.
[A first look at your own account](../start/first-look.md) walks through them.

Exit codes of all of them:

| code | meaning |
|---|---|
| 0 | all is well, and nothing is due. For `reach`, the traffic would reach |
| 1 | an error stopped the command: one line on standard error says why, and how to fix it |
| 2 | the command line is wrong |
| 3 | something is due, or blocked |
| 4 | something could not be read; this code wins over 3, except for `reach` |
| 130 | interrupted by Ctrl-C |

If you name `--region` or `--account`, the output lists what the hub manages and you left out. That is no
reason for exit code 4, unless a live peering leads there.

On a terminal the output is coloured and as wide as the terminal; `NO_COLOR` turns the colours off. In a pipe
it is plain text, and no line is broken. For a list in a pipe, a diagram or a Terraform file, the reads that
failed are on standard error. `--install-completion` sets up completion for your shell.
"""
POLICY = """
## The rights that they need

`peerkeeper plan --print-policy` prints this policy; with `--role-name` also the right to assume that role.
`doctor`, `history`, `reach` and `teardown` read other things as well. Their `--print-policy` prints what.

```json
{policy}
```
"""


def page() -> str:
    """Return the page."""
    app = typer.main.get_command(operator_app(INSTALLED))
    shared = _shared(app.commands["plan"])
    parts = [HEAD, shared]
    parts += [_command(app.commands[name], name) for name in COMMANDS]
    return "".join([*parts, POLICY.format(policy=policy("plan"))])


def _shared(command: Any) -> str:
    rows = "".join(_row(one) for one in command.params if _panel(one) in (WHOM, SETTINGS))
    return f"\n## Options of every command\n\n| option | meaning |\n|---|---|\n{rows}"


def _command(command: Any, name: str) -> str:
    own = [one for one in command.params if _panel(one) not in (WHOM, SETTINGS)]
    rows = "".join(_row(one) for one in own if not getattr(one, "hidden", False))
    table = f"\n| argument or option | meaning |\n|---|---|\n{rows}" if rows else ""
    words = "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    lines = "\n".join(f"{INSTALLED} {name} {example}" for example in COMMANDS[name][1])
    return f"\n## {name}\n\n{words}\n{table}\n```sh\n{lines}\n```\n"


def _panel(one: Any) -> str:
    return getattr(one, "rich_help_panel", None) or ""


def _row(one: Any) -> str:
    words = " ".join((one.help or "").split()).replace("|", "\\|")
    if one.param_type_name == "argument":
        return f"| `{(one.metavar or one.name or '').upper()}` | {words} |\n"
    kind = one.bare_type
    choices = [each.value for each in kind] if isinstance(kind, EnumMeta) else []
    value = "" if one.is_bool_flag else f" {one.metavar or _value(one)}"
    named = ", ".join(f"`{each}`" for each in choices if not one.metavar)
    return f"| `{one.opts[0]}{value}` | {words}{f' One of {named}.' if named else ''} |\n"


def _value(one: Any) -> str:
    return str(one.name).upper().replace("_", "-")


if __name__ == "__main__":
    PAGE.write_text(page())
