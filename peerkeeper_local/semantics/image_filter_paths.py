"""Where filters on machine images find their values. In: nothing. Out: paths.

Source: EC2 API, the Filters of DescribeImages.
"""

from peerkeeper_local.semantics.filters import Paths, kebab

_PLAIN = (
    "Architecture",
    "BootMode",
    "CreationDate",
    "Description",
    "EnaSupport",
    "FreeTierEligible",
    "Hypervisor",
    "ImageAllowed",
    "ImageId",
    "ImageType",
    "KernelId",
    "Name",
    "OwnerId",
    "Platform",
    "PublicSsmParameterName",
    "RamdiskId",
    "RootDeviceName",
    "RootDeviceType",
    "SourceImageId",
    "SourceImageRegion",
    "SourceInstanceId",
    "SriovNetSupport",
    "State",
    "VirtualizationType",
)
_DISK = (
    "DeleteOnTermination",
    "Encrypted",
    "SnapshotId",
    "VolumeSize",
    "VolumeType",
)
IMAGES: Paths = {
    **{kebab(name): (name,) for name in _PLAIN},
    **{
        f"block-device-mapping.{kebab(name)}": ("BlockDeviceMappings", "Ebs", name)
        for name in _DISK
    },
    "block-device-mapping.device-name": ("BlockDeviceMappings", "DeviceName"),
    "is-public": ("Public",),
    "manifest-location": ("ImageLocation",),
    "owner-alias": ("ImageOwnerAlias",),
    "product-code": ("ProductCodes", "ProductCodeId"),
    "product-code.type": ("ProductCodes", "ProductCodeType"),
    "state-reason-code": ("StateReason", "Code"),
    "state-reason-message": ("StateReason", "Message"),
}
"""All documented ones but those on watermarks, scan results and instance types: no image has any."""
