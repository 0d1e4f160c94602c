"""The floor: EC2's query API with only the standard library. A signature, a connection, an XML parser.

In: keys and the endpoint from the environment, a Region; then actions. Out: the reply's elements. It does not
try again, and has no model. No real client may be so simple.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

SCOPE = "{day}/{region}/ec2/aws4_request"


class RawEc2:
    """One connection to EC2 in one Region; for one thread."""

    def __init__(self, region: str) -> None:
        """Derive the key of the day. Source: IAM user guide, Signature Version 4."""
        url = urlsplit(os.environ.get("AWS_ENDPOINT_URL") or f"https://ec2.{region}.amazonaws.com")
        kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
        self._host, self._connection = url.netloc, kind(url.netloc, timeout=60)
        self._moment = time.gmtime()
        self._scope = SCOPE.format(day=time.strftime("%Y%m%d", self._moment), region=region)
        key = b"AWS4" + os.environ.get("AWS_SECRET_ACCESS_KEY", "none").encode()
        for part in self._scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        self._key, self._id = key, os.environ.get("AWS_ACCESS_KEY_ID", "none")

    def call(self, action: str, **parameters: str) -> ElementTree.Element:
        """Make one call. Raises RuntimeError with EC2's words where it refuses."""
        body = urlencode({"Action": action, "Version": "2016-11-15", **parameters})
        self._connection.request("POST", "/", body, self._headers(body))
        reply = self._connection.getresponse()
        said = reply.read()
        if reply.status != 200:
            raise RuntimeError(said.decode())
        return ElementTree.fromstring(said)  # noqa: S314 - EC2's own words

    def pages(self, action: str, size: int) -> list[ElementTree.Element]:
        """Return what the pages of a describe list."""
        found: list[ElementTree.Element] = []
        more = {"MaxResults": str(size)}
        while more:
            page = self.call(action, **more)
            (listed,) = (one for one in page if one.tag.endswith("Set"))
            found += listed
            token = page.findtext("{*}nextToken")
            more = {"MaxResults": str(size), "NextToken": token} if token else {}
        return found

    def _headers(self, body: str) -> dict[str, str]:
        now = time.strftime("%Y%m%dT%H%M%SZ", self._moment)
        kind = "application/x-www-form-urlencoded"
        asked = f"POST\n/\n\ncontent-type:{kind}\nhost:{self._host}\nx-amz-date:{now}\n"
        names = "content-type;host;x-amz-date"
        whole = f"{asked}\n{names}\n{hashlib.sha256(body.encode()).hexdigest()}"
        told = hashlib.sha256(whole.encode()).hexdigest()
        text = f"AWS4-HMAC-SHA256\n{now}\n{self._scope}\n{told}"
        signed = hmac.new(self._key, text.encode(), "sha256").hexdigest()
        says = f"Credential={self._id}/{self._scope}, SignedHeaders={names}, Signature={signed}"
        return {
            "Content-Type": kind,
            "Host": self._host,
            "X-Amz-Date": now,
            "Authorization": f"AWS4-HMAC-SHA256 {says}",
        }
