"""What may be a tag. In: tags as sent, and those already there. Out: nothing, or a Refusal."""

from collections.abc import Collection, Iterable, Mapping

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal

RESERVED = "aws:"
LONGEST_KEY, LONGEST_VALUE = 128, 256


def tags_from(sent: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return tags as a call names them. Raises Refusal for a key that is sent twice. Source: observed."""
    tags: dict[str, str] = {}
    for each in sent:
        if each["Key"] in tags:
            raise Refusal("InvalidParameterValue", f"Duplicate tag key '{each['Key']}' specified.")
        tags[each["Key"]] = each.get("Value", "")
    return tags


def check_tags(added: Mapping[str, str], present: Collection[str], limits: Limits) -> None:
    """Raise Refusal unless a resource with the keys `present` takes `added` too.

    AWS's own tags do not count. Sources: EC2 errors; EC2 User Guide, tag restrictions (lengths:
    the code is assumed).
    """
    for key, value in added.items():
        _check_tag(key, value)
    own = {key for key in present if not reserved(key)}
    if len(own | set(added)) > limits.tags_per_resource:
        raise Refusal(
            "TagLimitExceeded", "The maximum number of Tags for a resource has been reached."
        )


def reserved(key: str) -> bool:
    """Whether only AWS may set or remove the tag."""
    return key.lower().startswith(RESERVED)


def _check_tag(key: str, value: str) -> None:
    if not key:
        raise Refusal("InvalidTagKey.Malformed", "Tag keys cannot be empty.")
    if reserved(key):
        raise Refusal(
            "InvalidParameterValue",
            "Tag keys starting with 'aws:' are reserved for internal use",
        )
    for what, text, most in (("key", key, LONGEST_KEY), ("value", value, LONGEST_VALUE)):
        if len(text) > most:
            raise Refusal(
                "InvalidParameterValue",
                f"Tag {what} exceeds the maximum length of {most} characters",
            )
