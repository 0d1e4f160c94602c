"""The commands that findings print, copied and run as a person would."""

import re
import shlex

COMMAND = re.compile(r"aws ec2 [^;\n]*?(?=;|,? or |\. |\.$|\n|$)")


LISTS = frozenset({"SecurityGroupRuleIds", "Resources", "AddRouteTableIds"})
"""Parameters whose words are a list."""


def options(words):
    """The options of a command, each with its words; one without any is a switch."""
    given, name = {}, ""
    for word in words:
        if word.startswith("--"):
            name = word
            given[name] = True
        else:
            given[name] = word if given[name] is True else f"{given[name]} {word}"
    return given


def commands(findings, operation):
    """The commands of this operation in the findings' messages, as a person would copy them."""
    found = [one for each in findings for one in COMMAND.findall(each["message"])]
    return list(dict.fromkeys(one for one in found if one.startswith(f"aws ec2 {operation} ")))


def run(estate, line):
    """Do what the aws CLI would do with the commands of a line."""
    for command in line.split(" && "):
        run_one(estate, command)


def run_one(estate, command):
    _, _, operation, *words = shlex.split(command)
    given = options(words)
    ec2 = estate.ec2(given.pop("--region"))
    parameters = {
        "".join(part.capitalize() for part in name[2:].split("-")): value
        for name, value in given.items()
    }
    parameters = {
        name: {"Value": True} if value == "Value=true" else value
        for name, value in parameters.items()
    }
    if "IpPermissions" in parameters:
        parameters["IpPermissions"] = [permission(parameters["IpPermissions"])]
    for name in LISTS & {*parameters}:
        parameters[name] = parameters[name].split()
    if "Resources" in parameters:
        said = re.fullmatch("Key=([^,]*),Value=(.*)", parameters["Tags"])
        parameters["Tags"] = [{"Key": said[1], "Value": said[2]}]
    getattr(ec2, operation.replace("-", "_"))(**parameters)


def permission(said):
    """IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=10.1.0.0/16}] as the aws CLI reads it."""
    plain, _, cidr = said.partition(",IpRanges=[{CidrIp=")
    fields = dict(one.split("=") for one in plain.split(","))
    ports = {name: int(value) for name, value in fields.items() if name.endswith("Port")}
    return {**fields, **ports, "IpRanges": [{"CidrIp": cidr.removesuffix("}]")}]}
