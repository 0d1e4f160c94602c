"""What an operator can set: the value, and how it is read from the environment that template.yaml makes.

In: the environment. Out: `Settings`, or one `SettingsError`. Pure.
"""

from peerkeeper.settings.settings import (
    ACCOUNT,
    REGION,
    DeleteOverride,
    Endpoints,
    EnforceIn,
    FleetSweep,
    FurtherLook,
    Mode,
    QuotaCheck,
    RouteScope,
    Settings,
    SubnetPublicIp,
    VpcDns,
)

__all__ = [
    "ACCOUNT",
    "REGION",
    "DeleteOverride",
    "Endpoints",
    "EnforceIn",
    "FleetSweep",
    "FurtherLook",
    "Mode",
    "QuotaCheck",
    "RouteScope",
    "Settings",
    "SubnetPublicIp",
    "VpcDns",
]
