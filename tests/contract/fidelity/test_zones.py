"""Route 53 and Service Quotas: every refusal is one of their models', every reply has the models' shape."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore import xform_name
from botocore.validate import ParamValidator
from moto.core.utils import get_service_model

import peerkeeper_local.semantics
from peerkeeper_local.cloud import LocalCloud
from tests.contract.fidelity.stage import SEOUL, THEIRS, TOKYO, Stage, outcome, status

ROUTE53, QUOTAS = get_service_model("route53"), get_service_model("service-quotas")
CLASSES = {"ZoneRefusal": ROUTE53, "QuotaRefusal": QUOTAS}
NAME = {"Name": "internal.example", "CallerReference": "once"}


def written() -> Iterator[tuple[str, str]]:
    """Yield class and code of every refusal of the two, read off the source."""
    for path in Path(peerkeeper_local.semantics.__path__[0]).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = isinstance(node, ast.Call) and getattr(node.func, "id", "")
            if name in CLASSES and isinstance(node.args[0], ast.Constant):
                yield str(name), node.args[0].value


def test_every_refusal_is_a_code_of_its_services_model() -> None:
    found = set(written())
    assert len(found) > 12
    for name, code in found:
        assert code in {shape.name for shape in CLASSES[name].error_shapes}


class Watched:
    """A client, each reply of which is held to the model of its operation."""

    def __init__(self, client: Any, model: Any) -> None:
        self._client, self._model = client, model
        self.seen: set[str] = set()

    def __getattr__(self, method: str) -> Any:
        (action,) = (n for n in self._model.operation_names if xform_name(n) == method)

        def call(**sent: Any) -> Any:
            reply = getattr(self._client, method)(**sent)
            said = {key: value for key, value in reply.items() if key != "ResponseMetadata"}
            shape = self._model.operation_model(action).output_shape
            report = ParamValidator().validate(said, shape)
            assert not report.has_errors(), report.generate_report()
            self.seen.add(action)
            return reply

        return call


def vpc_of(stage: Stage, client: Any, region: str = SEOUL) -> dict[str, str]:
    return {"VPCRegion": region, "VPCId": stage.vpc(client)}


def test_every_reply_of_route53_has_the_shape_of_the_model(stage: Stage) -> None:
    ours, theirs = Watched(stage.zones, ROUTE53), Watched(stage.their_zones, ROUTE53)
    made = stage.zones.create_hosted_zone(**NAME, VPC=vpc_of(stage, stage.seoul))
    zone = {"HostedZoneId": made["HostedZone"]["Id"].removeprefix("/hostedzone/")}
    foreign = vpc_of(stage, stage.stranger)
    named = {**zone, "VPC": foreign}
    assert ours.create_vpc_association_authorization(**named)["HostedZoneId"][0] == "Z"
    ours.list_vpc_association_authorizations(**zone)
    change = theirs.associate_vpc_with_hosted_zone(**named, Comment="theirs")["ChangeInfo"]
    assert theirs.get_change(Id=change["Id"])["ChangeInfo"]["Comment"] == "theirs"
    assert outcome(stage.zones.get_change, Id=change["Id"]) == "NoSuchChange"
    listed = {"VPCId": foreign["VPCId"], "VPCRegion": SEOUL}
    (summary,) = theirs.list_hosted_zones_by_vpc(**listed)["HostedZoneSummaries"]
    assert summary["HostedZoneId"] == zone["HostedZoneId"]
    tag = {"Key": "peerkeeper:share", "Value": "self 444455556666"}
    kind = {"ResourceType": "hostedzone"}
    ours.change_tags_for_resource(**kind, ResourceId=zone["HostedZoneId"], AddTags=[tag])
    (tags,) = ours.list_tags_for_resources(**kind, ResourceIds=[zone["HostedZoneId"]])[
        "ResourceTagSets"
    ]
    assert tags == {**kind, "ResourceId": zone["HostedZoneId"], "Tags": [tag]}
    (listed_zone,) = stage.zones.list_hosted_zones()["HostedZones"]
    assert ours.get_hosted_zone(Id=listed_zone["Id"])["VPCs"]
    ours.get_hosted_zone_limit(**zone, Type="MAX_VPCS_ASSOCIATED_BY_ZONE")
    ours.get_hosted_zone_limit(**zone, Type="MAX_RRSETS_BY_ZONE")
    ours.delete_vpc_association_authorization(**named)
    assert theirs.disassociate_vpc_from_hosted_zone(**named)["ChangeInfo"]["Status"] == "PENDING"
    record = {"Name": "a.internal.example", "Type": "A", "TTL": 1}
    upsert = {
        "Action": "UPSERT",
        "ResourceRecordSet": {**record, "ResourceRecords": [{"Value": "10.0.0.1"}]},
    }
    ours.change_resource_record_sets(**zone, ChangeBatch={"Changes": [upsert]})
    delete = {**upsert, "Action": "DELETE"}
    ours.change_resource_record_sets(**zone, ChangeBatch={"Changes": [delete]})
    ours.delete_hosted_zone(Id=zone["HostedZoneId"])
    assert len(ours.seen | theirs.seen) == 13


def test_every_reply_of_service_quotas_has_the_shape_of_the_model(stage: Stage) -> None:
    quotas = Watched(stage.quotas, QUOTAS)
    vpc = {"ServiceCode": "vpc"}
    assert quotas.list_service_quotas(**vpc)["Quotas"] == []
    assert len(quotas.list_aws_default_service_quotas(**vpc)["Quotas"]) > 20
    quotas.get_aws_default_service_quota(**vpc, QuotaCode="L-93826ACB")
    call = stage.quotas.get_service_quota
    assert outcome(call, **vpc, QuotaCode="L-93826ACB") == "NoSuchResourceException"
    assert status(call, **vpc, QuotaCode="L-93826ACB") == 400
    assert outcome(call, ServiceCode="nonsense", QuotaCode="L-0") == "NoSuchResourceException"


@pytest.mark.parametrize("code", ["L-0EA8095F", "L-2AEEBF1A", "L-1B52E74A", "L-29B6F2EB"])
def test_quotas_that_the_cloud_does_not_hold_have_their_published_default(
    stage: Stage, code: str
) -> None:
    published = {"L-0EA8095F": 60, "L-2AEEBF1A": 20, "L-1B52E74A": 20, "L-29B6F2EB": 50}
    sent = {"ServiceCode": "vpc", "QuotaCode": code}
    quota = stage.quotas.get_aws_default_service_quota(**sent)["Quota"]
    assert quota["Value"] == published[code]


def test_quotas_name_the_account_and_the_region_that_was_called(cloud: LocalCloud) -> None:
    """The table of defaults is one for all: a reply changes a copy of it."""
    arns = [
        cloud.client("service-quotas", region, THEIRS).list_aws_default_service_quotas(
            ServiceCode="vpc"
        )["Quotas"][0]["QuotaArn"]
        for region in (TOKYO, SEOUL)
    ]
    assert [arn.split(":")[3] for arn in arns] == [TOKYO, SEOUL]


def test_public_zones_and_the_last_vpc_are_refused_as_before(stage: Stage) -> None:
    public = stage.zones.create_hosted_zone(**NAME)["HostedZone"]["Id"]
    vpc = vpc_of(stage, stage.seoul)
    associate = stage.zones.associate_vpc_with_hosted_zone
    assert outcome(associate, HostedZoneId=public, VPC=vpc) == "PublicZoneVPCAssociation"
    private = stage.zones.create_hosted_zone(Name="b.example", CallerReference="b", VPC=vpc)
    leave = stage.zones.disassociate_vpc_from_hosted_zone
    sent = {"HostedZoneId": private["HostedZone"]["Id"], "VPC": vpc}
    assert outcome(leave, **sent) == "LastVPCAssociation"
    assert outcome(associate, HostedZoneId="Z0NOTTHERE", VPC=vpc) == "NoSuchHostedZone"


def test_the_ids_of_one_zone_are_long_where_it_is_got_and_short_where_it_is_listed(
    stage: Stage,
) -> None:
    vpc = vpc_of(stage, stage.seoul)
    made = stage.zones.create_hosted_zone(**NAME, VPC=vpc)["HostedZone"]["Id"]
    assert made.startswith("/hostedzone/Z")
    assert stage.zones.get_hosted_zone(Id=made)["HostedZone"]["Id"] == made
    listed = {"VPCId": vpc["VPCId"], "VPCRegion": SEOUL}
    (summary,) = stage.zones.list_hosted_zones_by_vpc(**listed)["HostedZoneSummaries"]
    assert summary["HostedZoneId"] == made.removeprefix("/hostedzone/")


def test_a_cloud_leaves_motos_own_paths_behind() -> None:
    from moto.route53.urls import url_paths

    before = dict(url_paths)
    with LocalCloud():
        assert url_paths != before
    assert url_paths == before
