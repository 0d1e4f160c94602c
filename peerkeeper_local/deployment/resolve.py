"""Works out a template's intrinsic functions.

In: a template and the place and parameters it is deployed with. Out: any of its values, with every
reference replaced. A function it does not know is an error, never left as it is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from peerkeeper_local.deployment.names import Place, attribute, reference
from peerkeeper_local.deployment.parameters import parameter_values
from peerkeeper_local.deployment.resources import DeploymentError
from peerkeeper_local.partitions import dns_suffix

Value: TypeAlias = Any  # of a template, at any depth
_NOTHING = object()  # what AWS::NoValue becomes: the key or element goes away
_VARIABLE = re.compile(r"\$\{(!?)([^}]+)\}")


class Resolver:
    """Resolves the values of one template in one place."""

    def __init__(
        self, template: Mapping[str, Any], place: Place, overrides: Mapping[str, str]
    ) -> None:
        self._resources: Mapping[str, Any] = template["Resources"]
        self._conditions: Mapping[str, Any] = template.get("Conditions", {})
        self._place = place
        self._parameters = parameter_values(template.get("Parameters", {}), overrides)
        self._functions: dict[str, Callable[[Value], Value]] = {
            "Ref": self._ref,
            "Condition": self._condition,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::If": self._if,
            "Fn::Join": lambda v: v[0].join(self.value(v[1])),
            "Fn::Split": lambda v: self.value(v[1]).split(v[0]),
            "Fn::Select": lambda v: self.value(v[1])[int(v[0])],
            "Fn::Equals": lambda v: self.value(v[0]) == self.value(v[1]),
            "Fn::Not": lambda v: not self.value(v[0]),
            "Fn::And": lambda v: all(self.value(one) for one in v),
            "Fn::Or": lambda v: any(self.value(one) for one in v),
        }

    def value(self, value: Value) -> Value:
        """Return the value with every reference in it replaced."""
        if isinstance(value, list):
            return [v for v in map(self.value, value) if v is not _NOTHING]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            # A policy statement has a Condition too, which is no name but a map.
            policy = name == "Condition" and not isinstance(argument, str)
            if name in self._functions and not policy:
                return self._functions[name](argument)
            if name.startswith("Fn::"):
                raise DeploymentError(f"{name} is not known here")
        resolved = {key: self.value(v) for key, v in value.items()}
        return {key: v for key, v in resolved.items() if v is not _NOTHING}

    def deployed(self, resource: Mapping[str, Any]) -> bool:
        """Tell whether the resource's condition, if it has one, holds."""
        return "Condition" not in resource or self._condition(resource["Condition"])

    def broken_rules(self, rules: Mapping[str, Any]) -> Iterator[str]:
        """Yield each assertion about the parameters that does not hold, in its own words.

        Source: CloudFormation User Guide, Rules.
        """
        for name, rule in rules.items():
            if self.value(rule.get("RuleCondition", {"Fn::Equals": ["", ""]})):
                for one in rule["Assertions"]:
                    if not self.value(one["Assert"]):
                        yield f"rule {name}: {one['AssertDescription']}"

    def _condition(self, name: str) -> bool:
        return bool(self.value(self._conditions[name]))

    def _ref(self, name: str) -> Value:
        pseudo = {
            "AWS::AccountId": self._place.account,
            "AWS::Region": self._place.region,
            "AWS::Partition": self._place.partition,
            "AWS::StackName": self._place.stack,
            "AWS::URLSuffix": dns_suffix(self._place.partition),
            "AWS::NoValue": _NOTHING,
        }
        if name in pseudo:
            return pseudo[name]
        if name in self._parameters:
            return self._parameters[name]
        return reference(name, self._resource(name), self._place)

    def _get_att(self, wanted: str | list[str]) -> str:
        name, attr = wanted.split(".", 1) if isinstance(wanted, str) else wanted
        resource = self._resource(name)
        if "EventBusName" in (said := resource.get("Properties", {})):
            # A rule's ARN names its bus.
            bus = self.value(said["EventBusName"])
            resource = {**resource, "Properties": {**said, "EventBusName": bus}}
        return attribute(name, resource, attr, self._place)

    def _sub(self, value: str | list[Value]) -> str:
        text, own = (value, {}) if isinstance(value, str) else (value[0], self.value(value[1]))

        def put(found: re.Match[str]) -> str:
            literal, name = found.groups()
            if literal:
                return f"${{{name}}}"
            if name in own:
                return str(own[name])
            return str(self._get_att(name) if "." in name else self._ref(name))

        return _VARIABLE.sub(put, text)

    def _if(self, value: list[Value]) -> Value:
        condition, then, otherwise = value
        return self.value(then if self._condition(condition) else otherwise)

    def _resource(self, name: str) -> Mapping[str, Any]:
        if name not in self._resources:
            raise DeploymentError(f"{name} is not a parameter or resource")
        resource: Mapping[str, Any] = self._resources[name]
        return resource
