"""What the local cloud cannot do is an error of AWS that says so: in process and served alike."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import botocore.session
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from werkzeug.test import Client

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.serve.unanswered import Aws
from tests.served import SEOUL

BLUE = [{"Name": "colour", "Values": ["blue"]}]
CALLS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    # moto has the service and lacks the operation, a filter, or any look at filters.
    ("ec2", "describe_capacity_blocks", {}),
    ("ec2", "monitor_instances", {"InstanceIds": ["i-0a1"]}),
    ("ec2", "describe_internet_gateways", {"Filters": BLUE}),
    ("ec2", "describe_egress_only_internet_gateways", {"Filters": BLUE}),
    ("cloudtrail", "lookup_events", {}),
    ("elasticache", "describe_events", {}),
    ("route53", "list_traffic_policies", {}),
    ("ram", "get_resource_share_invitations", {}),
    # The service is not in this Region, as moto has it.
    ("dsql", "list_clusters", {}),
    # moto does not know the service: by JSON, by JSON and XML over REST, by a form, in CBOR.
    ("globalaccelerator", "list_accelerators", {}),
    ("freetier", "get_free_tier_usage", {}),
    ("accessanalyzer", "list_analyzers", {}),
    ("rolesanywhere", "list_crls", {}),
    ("docdb", "describe_db_engine_versions", {}),
    ("eventbridgev2", "list_event_sources", {}),
)
KNOWN = frozenset(botocore.session.Session().get_available_services())


@pytest.fixture(scope="module")
def cloud() -> Iterator[LocalCloud]:
    with LocalCloud() as opened:
        yield opened


class Raw(BytesIO):
    """A body as botocore reads it off a connection."""

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


class Served:
    """The application that `serve` serves, without a socket between."""

    URL = "http://served.test"

    def __init__(self) -> None:
        self._aws = Client(Aws())

    def __call__(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        url = urlsplit(request.url)
        said = self._aws.open(
            url.path,
            method=request.method,
            query_string=url.query,
            headers=[(name, _text(value)) for name, value in request.headers.items()],
            data=request.body,
        )
        return AWSResponse(request.url, said.status_code, dict(said.headers), Raw(said.data))


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


@pytest.fixture(scope="module")
def serving(cloud: LocalCloud) -> Served:
    return Served()


def client(service: str, serving: Served | None) -> Any:
    made = botocore.session.Session().create_client(
        service,
        region_name=SEOUL,
        endpoint_url=serving and serving.URL,
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="secret",
        config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False),
    )
    if serving:
        made.meta.events.register("before-send", serving)
    return made


@pytest.mark.parametrize("served", [False, True], ids=["in process", "served"])
@pytest.mark.parametrize(("service", "operation", "sent"), CALLS, ids=str)
def test_what_it_cannot_do_is_an_error_with_words(
    serving: Served, service: str, operation: str, sent: dict[str, Any], served: bool
) -> None:
    if service not in KNOWN:
        pytest.skip(f"this botocore has no {service}")
    with pytest.raises(ClientError) as refused:
        getattr(client(service, serving if served else None), operation)(**sent)
    said = refused.value.response
    assert "The local cloud does not do " in said["Error"]["Message"]
    assert said["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_there_is_no_cloudformation_though_moto_has_one(serving: Served) -> None:
    """moto's would make a stack that nothing here follows."""
    for operation, sent in (("create_stack", {"StackName": "peerkeeper"}), ("list_stacks", {})):
        with pytest.raises(ClientError, match="What the templates make is there from the start"):
            getattr(client("cloudformation", serving), operation)(**sent)


def test_moto_s_own_refusals_come_through(serving: Served) -> None:
    for where in (None, serving):
        sqs, s3 = client("sqs", where), client("s3", where)
        with pytest.raises(ClientError, match="NonExistentQueue"):
            sqs.get_queue_url(QueueName="nobodys")
        with pytest.raises(ClientError, match=r"\(404\).*HeadBucket"):
            s3.head_bucket(Bucket="nobodys")
        with pytest.raises(ClientError, match="NoSuchBucket"):
            s3.list_objects_v2(Bucket="nobodys")


def test_an_ec2_client_newer_than_moto_reads_words_too(serving: Served) -> None:
    ec2 = client("ec2", serving)
    model = ec2.meta.service_model.operation_model("DescribeVpcs")
    request = ec2._convert_to_request_dict({}, model, serving.URL)
    request["body"]["Action"] = "DescribeTomorrow"
    response, said = ec2._endpoint.make_request(model, request)
    assert response.status_code == 400
    assert said["Error"]["Code"] == "InvalidAction"
    assert said["Error"]["Message"].startswith(
        "The local cloud does not do DescribeTomorrow of ec2"
    )


def test_a_test_s_own_word_is_no_answer_of_aws(cloud: LocalCloud) -> None:
    def hook(*_: object) -> None:
        raise AssertionError("seen")

    with cloud.outages.add(hook), pytest.raises(AssertionError, match="seen"):
        cloud.client("ec2", SEOUL).describe_vpcs()
