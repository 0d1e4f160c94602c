"""Condition keys that hold several values.

A plain operator on such a key is a fault of the policy. Only `ForAllValues:` and `ForAnyValue:` say what
happens to the second value. Source: IAM User Guide, multivalued context keys.

The keys are typed ArrayOfString or ArrayOfARN and are of the services that our templates and policies name.
Source: Service Authorization Reference. For keys of `aws`: IAM User Guide, global condition context keys.
"""

from __future__ import annotations

_OF_EACH_SERVICE: dict[str, str] = {
    "account": "AccountResourceOrgPaths AlternateContactTypes",
    "aws": "CalledVia PrincipalOrgPaths PrincipalServiceNamesList ResourceOrgPaths SourceOrgPaths TagKeys",
    "cloudformation": "ResourceTypes TargetRegion",
    "cloudwatch": "AlarmActions requestInsightRuleLogGroups requestManagedResourceARNs",
    "ec2": (
        "FisTargetArns IKEVersions Phase1DHGroup Phase1EncryptionAlgorithms Phase1IntegrityAlgorithms "
        "Phase2DHGroup Phase2EncryptionAlgorithms Phase2IntegrityAlgorithms"
    ),
    "events": "EventBusArn TargetArn detail-type source",
    "kms": "EncryptionContextKeys GrantOperations ResourceAliases",
    "lambda": "Layer SecurityGroupIds SubnetIds",
    "logs": "LogGeneratingResourceArns",
    "s3": "InventoryAccessibleOptionalFields RequestObjectTagKeys",
    "states": "StateMachineQualifier",
    "sts": "RequestContextProviders TransitiveTagKeys",
}
MULTIVALUED = frozenset(
    f"{service}:{name}".lower()
    for service, names in _OF_EACH_SERVICE.items()
    for name in names.split()
)
"""In small letters: a key's name is of any case."""


def is_multivalued(key: str) -> bool:
    """Tell whether the condition key holds several values."""
    return key.lower() in MULTIVALUED
