"""What a client of each protocol reads of a refusal: botocore's own parsers are the judges."""

import pytest
from botocore.parsers import create_parser

from peerkeeper_local.semantics.protocols import Asked, error, not_done

FORM = "Action=DescribeThings&Version=2016-11-15"


def asked(service: str = "", form: str = "", path: str = "/", **headers: str) -> Asked:
    scope = f"AWS4-HMAC-SHA256 Credential=AKIA/20260302/eu-west-1/{service}/aws4_request, Signed=x"
    signed = {"authorization": scope} if service else {}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Asked("POST", path, {**signed, **named}, form)


REQUESTS = {
    "ec2": (asked("ec2", FORM), "DescribeThings of ec2"),
    "query": (asked("elasticache", FORM), "DescribeThings of elasticache"),
    "json": (
        asked("shield", x_amz_target="AWSShield_20160616.ListThings"),
        "ListThings of shield",
    ),
    "rest-json": (asked("ram", path="/listthings"), "POST /listthings of ram"),
    "rest-xml": (asked("route53", path="/2013-04-01/things"), "POST /2013-04-01/things of route53"),
    "smithy-rpc-v2-cbor": (
        asked("omni", path="/service/Omni/operation/ListThings", smithy_protocol="rpc-v2-cbor"),
        "ListThings of omni",
    ),
}


def read(protocol: str, reply: tuple[int, dict[str, str], bytes]) -> tuple[str, str]:
    """Return code and words of an error as botocore reads it."""
    status, headers, body = reply
    response = {"status_code": status, "headers": headers, "body": body}
    found = create_parser(protocol).parse(response, None)["Error"]
    return str(found["Code"]), str(found["Message"])


@pytest.mark.parametrize("protocol", REQUESTS)
def test_a_client_of_each_protocol_reads_words_and_does_not_try_again(protocol: str) -> None:
    request, what = REQUESTS[protocol]
    reply = not_done(request, "no <such> thing & \N{SNOWMAN}.")
    code, words = read(protocol, reply)
    assert words == f"The local cloud does not do {what}: no <such> thing & \N{SNOWMAN}."
    assert code in {"InvalidAction", "NotImplemented", "UnknownOperationException"}
    assert reply.status == 400


def test_s3_speaks_its_own_xml() -> None:
    reply = error(asked("s3", path="/bucket"), "No.")
    assert reply.body.startswith(b"<Error>")
    assert read("rest-xml", reply) == ("NotImplemented", "No.")


@pytest.mark.parametrize(
    ("credential", "service"),
    [
        ("AKIA/20260302/eu-west-1/ec2/aws4_request", "ec2"),
        ("AKIA/20260302/s3/aws4_request", "s3"),  # signed for several Regions
        ("nonsense", ""),
    ],
)
def test_the_service_is_the_one_that_the_request_is_signed_for(
    credential: str, service: str
) -> None:
    headers = {"authorization": f"AWS4-X Credential={credential}, SignedHeaders=host"}
    assert Asked("GET", "/", headers).service == service


def test_a_request_that_is_not_signed_is_answered_too() -> None:
    assert "a service that the request does not name." in not_done(asked(), "").body.decode()
