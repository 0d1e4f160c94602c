"""Conditions of a template may ask for pseudo parameters. Why: the engine takes `AWS::Region` for a
plain word there, and spoke.yaml asks whether it is the region that holds the roles. Source:
CloudFormation User Guide, pseudo parameters.
"""

from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services.cloudformation import changesets, engine, handlers, provisioners, stacks


def bend() -> None:
    evaluate = engine._evaluate_conditions

    def with_pseudo_parameters(
        template: dict[str, Any], parameters: dict[str, Any]
    ) -> dict[str, bool]:
        known = {
            "AWS::Region": get_region(),
            "AWS::AccountId": get_account_id(),
            "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com",
        }
        return evaluate(template, {**parameters, **{k: {"Value": v} for k, v in known.items()}})

    for module in (engine, changesets, handlers, provisioners, stacks):
        if getattr(module, "_evaluate_conditions", None) is evaluate:
            module._evaluate_conditions = with_pseudo_parameters
