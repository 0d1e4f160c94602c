"""A few of Amazon's machine images, so that a look-up by owner and name finds one.

In: a Region. Out: documents as DescribeImages shows them. The names have the form of Amazon's own;
ids are made from name and Region, the same in each run. Real images have other ids and dates.
"""

from functools import lru_cache
from hashlib import sha256
from typing import Any

Document = dict[str, Any]
AMAZON, CANONICAL, MICROSOFT_BUILT = "137112412989", "099720109477", "801119661308"
"""Owners of Amazon Linux, of Ubuntu, and of Amazon's Windows. Source: observed."""
_AL2023 = "al2023-ami-2023.6.20250303.0-kernel-6.1"
_UBUNTU = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04"
# Owner, alias, name, architecture, root device.
_KNOWN = (
    (AMAZON, "amazon", f"{_AL2023}-x86_64", "x86_64", "/dev/xvda"),
    (AMAZON, "amazon", f"{_AL2023}-arm64", "arm64", "/dev/xvda"),
    (AMAZON, "amazon", "amzn2-ami-hvm-2.0.20250305.0-x86_64-gp2", "x86_64", "/dev/xvda"),
    (AMAZON, "amazon", "amzn2-ami-hvm-2.0.20250305.0-arm64-gp2", "arm64", "/dev/xvda"),
    (CANONICAL, "", f"{_UBUNTU}-amd64-server-20250305", "x86_64", "/dev/sda1"),
    (CANONICAL, "", f"{_UBUNTU}-arm64-server-20250305", "arm64", "/dev/sda1"),
    (
        MICROSOFT_BUILT,
        "amazon",
        "Windows_Server-2022-English-Full-Base-2025.03.12",
        "x86_64",
        "/dev/sda1",
    ),
)


def image_id(name: str, region: str) -> str:
    """Return the id that the image called `name` has in a Region."""
    return f"ami-0{sha256(f'{region}/{name}'.encode()).hexdigest()[:16]}"


@lru_cache(maxsize=64)
def images(region: str) -> tuple[Document, ...]:
    """Return the images that everybody finds in a Region. Source: EC2 API, Image (the shape)."""
    return tuple(_image(region, each) for each in _KNOWN)


def _image(region: str, known: tuple[str, str, str, str, str]) -> Document:
    owner, alias, name, architecture, root = known
    id_, windows = image_id(name, region), name.startswith("Windows")
    digest = sha256(id_.encode()).hexdigest()[:16]
    return {
        "ImageId": id_,
        "ImageLocation": f"{alias or owner}/{name}",
        "ImageType": "machine",
        "Name": name,
        "Description": name,
        "OwnerId": owner,
        **({"ImageOwnerAlias": alias} if alias else {}),
        "Public": True,
        "State": "available",
        "Architecture": architecture,
        "CreationDate": "2025-03-12T00:00:00.000Z",
        "EnaSupport": True,
        "Hypervisor": "xen",
        "RootDeviceName": root,
        "RootDeviceType": "ebs",
        "SriovNetSupport": "simple",
        "VirtualizationType": "hvm",
        "BootMode": "uefi" if architecture == "arm64" else "uefi-preferred",
        "PlatformDetails": "Windows" if windows else "Linux/UNIX",
        "UsageOperation": "RunInstances:0002" if windows else "RunInstances",
        **({"Platform": "windows"} if windows else {}),
        "BlockDeviceMappings": [
            {
                "DeviceName": root,
                "Ebs": {
                    "DeleteOnTermination": True,
                    "SnapshotId": f"snap-0{digest}",
                    "VolumeSize": 30 if windows else 8,
                    "VolumeType": "gp3",
                    "Encrypted": False,
                },
            }
        ],
    }
