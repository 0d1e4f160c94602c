"""How an AWS service says no, in the protocol in which it was asked.

In: one request as it came over the wire. Out: an error that every client of AWS shows with its words.
Never a status of 500 or more: clients would try again. Source: Smithy, AWS protocols (error responses).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

REFUSED = 400
XML_SERVICES = frozenset({"cloudfront", "route53", "s3", "s3express", "s3-outposts", "route-53"})
"""Signing names of the services that speak XML over REST: all other REST is JSON. Source: botocore."""
_SCOPE = re.compile(r"Credential=[^,\s]*?/\d{8}/([^,\s]+)/aws4_request")
CODES = {
    "ec2": "InvalidAction",
    "query": "InvalidAction",
    "rest-xml": "NotImplemented",
}
"""Sources: EC2 errors; S3 API, error responses. The others: JSON protocols, common errors."""
UNKNOWN_OPERATION = "UnknownOperationException"
BODIES = {
    "ec2": "<Response><Errors><Error><Code>{code}</Code><Message>{words}</Message></Error></Errors>"
    "<RequestID>{id}</RequestID></Response>",
    "query": "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{words}</Message>"
    "</Error><RequestId>{id}</RequestId></ErrorResponse>",
    "s3": "<Error><Code>{code}</Code><Message>{words}</Message><RequestId>{id}</RequestId></Error>",
}
REQUEST_ID = "local-cloud"


class Reply(NamedTuple):
    """An HTTP reply."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: method, path, headers by their names in lower case, and its body if that is a form."""

    method: str
    path: str
    headers: Mapping[str, str]
    form: str = ""

    @property
    def service(self) -> str:
        """The name that the request is signed for; empty if it is not signed.

        The scope of a signature for several Regions names none. Source: IAM User Guide, signing requests.
        """
        found = _SCOPE.search(self.headers.get("authorization", ""))
        return found[1].rpartition("/")[2] if found else ""

    @property
    def operation(self) -> str:
        """The operation as the request names it: by itself, or by method and path."""
        if target := self.headers.get("x-amz-target"):
            return target.rpartition(".")[2]
        if action := parse_qs(self.form).get("Action"):
            return action[0]
        return self.path.rpartition("/")[2] if self._cbor else f"{self.method} {self.path}"

    @property
    def protocol(self) -> str:
        """The protocol that the client spoke, by the marks that each leaves on a request."""
        if self._cbor:
            return "cbor"
        if "x-amz-target" in self.headers:
            return "json"
        if "Action" in parse_qs(self.form):
            return "ec2" if self.service == "ec2" else "query"
        return "rest-xml" if self.service in XML_SERVICES else "rest-json"

    @property
    def _cbor(self) -> bool:
        return self.headers.get("smithy-protocol") == "rpc-v2-cbor"


def not_done(asked: Asked, why: str) -> Reply:
    """Return the refusal of what the local cloud cannot do; `why` may be empty."""
    what = f"{asked.operation} of {asked.service or 'a service that the request does not name'}"
    return error(asked, f"The local cloud does not do {what}{f': {why}' if why else '.'}")


def error(asked: Asked, words: str) -> Reply:
    """Return the error with these words in the form of the protocol."""
    protocol = asked.protocol
    code = CODES.get(protocol, UNKNOWN_OPERATION)
    if protocol == "cbor":
        told = {"__type": code, "message": words}
        headers = {"content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}
        return Reply(REFUSED, headers, _cbor_map(told))
    if protocol in ("json", "rest-json"):
        headers = {"content-type": "application/json", "x-amzn-errortype": code}
        told = {"__type": code, "message": words}
        return Reply(REFUSED, headers, json.dumps(told).encode())
    plain = protocol == "rest-xml" and asked.service.startswith("s3")
    form = BODIES["s3" if plain else "ec2" if protocol == "ec2" else "query"]
    body = form.format(code=code, words=escape(words), id=REQUEST_ID)
    return Reply(REFUSED, {"content-type": "text/xml"}, body.encode())


def _cbor_map(told: Mapping[str, str]) -> bytes:
    """Return a map of few texts in CBOR. Source: RFC 8949, major types 3 (text) and 5 (map)."""
    texts = b"".join(_cbor_text(text) for pair in told.items() for text in pair)
    return bytes([0xA0 + len(told)]) + texts


def _cbor_text(text: str) -> bytes:
    raw = text.encode()
    return b"\x79" + len(raw).to_bytes(2, "big") + raw
