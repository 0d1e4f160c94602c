"""A name that a stack makes up is unlike that of the same stack in another region.

Why: the engine derives it from the stack's name alone, so that two regions' stacks would hold one
role, and the later one would take it over. On AWS it ends in letters drawn for each stack. Source:
CloudFormation User Guide, name type.
"""

import hashlib
from typing import Any

from ministack.core.responses import get_region
from ministack.services.cloudformation import provisioners


def bend() -> None:
    made_up = provisioners._physical_name

    def of_a_region(stack: str, logical_id: str, *, lowercase: bool = False, **more: Any) -> str:
        name = made_up(stack, logical_id, lowercase=lowercase, **more)
        words, _, letters = name.rpartition("-")
        drawn = hashlib.sha256(f"{letters} {get_region()}".encode()).hexdigest()[: len(letters)]
        return f"{words}-{drawn if lowercase else drawn.upper()}"

    provisioners._physical_name = of_a_region
