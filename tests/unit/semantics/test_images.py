"""The machine images that everybody finds."""

from peerkeeper_local.semantics.filters import matching
from peerkeeper_local.semantics.image_filter_paths import IMAGES
from peerkeeper_local.semantics.images import image_id, images

SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"


def found(**wanted):
    filters = [{"Name": name.replace("_", "-"), "Values": [text]} for name, text in wanted.items()]
    return [each["Name"] for each in matching(images(SEOUL), filters, IMAGES)]


def test_the_usual_look_ups_find_one():
    usual = {"root_device_type": "ebs", "virtualization_type": "hvm", "state": "available"}
    assert len(found(name="al2023-ami-2023*", architecture="x86_64", **usual)) == 1
    assert len(found(name="amzn2-ami-hvm-*-x86_64-gp2", owner_alias="amazon")) == 1
    assert len(found(name="ubuntu/images/hvm-ssd*/ubuntu-*-amd64-server-*")) == 1
    assert len(found(name="Windows_Server-*-English-Full-Base-*", platform="windows")) == 1


def test_ids_are_the_same_in_each_run_and_others_in_each_region():
    first = images(SEOUL)[0]
    assert first["ImageId"] == image_id(first["Name"], SEOUL)
    assert first["ImageId"] != image_id(first["Name"], TOKYO)
    assert len({each["ImageId"] for each in (*images(SEOUL), *images(TOKYO))}) == 14
