"""How far a VPC's consent reaches: whether its DNS attributes, and its subnets' public IP, are ours to set.

In: the VPC's own tags, settings. Out: yes or no. Peerings are not asked: a peering is no consent to settings.

    exempt    EnforceIn        peerkeeper:dns    peerkeeper:peers       DNS attributes of the VPC
    yes       any              any               any                    left
    no        any              leave, faulty     any                    left
    no        participating    enforce           any                    VpcDns acts
    no        participating    none              a valid word           VpcDns acts
    no        participating    none              none, or no valid one  left
    no        all              none, enforce     any                    VpcDns acts

    exempt    EnforceIn        peerkeeper:public-ip                     public IP of its subnets
    yes       any              any                                      left
    no        any              leave, faulty                            left
    no        participating    enforce                                  SubnetPublicIp acts
    no        participating    none                                     left
    no        all              none, enforce                            SubnetPublicIp acts
"""

from __future__ import annotations

from peerkeeper.settings import EnforceIn, Settings, SubnetPublicIp, VpcDns
from peerkeeper.values.ec2 import Tags
from peerkeeper.values.tag_keys import DNS, PUBLIC_IP
from peerkeeper.values.tags import Wish, is_exempt, takes_part, wish


def sets_dns(tags: Tags, settings: Settings) -> bool:
    """Tell whether VpcDns acts in the VPC that has these tags."""
    said = wish(tags, DNS)
    if settings.vpc_dns is VpcDns.LEAVE or said is Wish.LEAVE or is_exempt(tags):
        return False
    return settings.enforce_in is EnforceIn.ALL or said is Wish.ENFORCE or takes_part(tags)


def leaves_dns(tags: Tags) -> bool:
    """Tell whether the VPC's own tag keeps its DNS unchanged, with its side's option of each peering."""
    return wish(tags, DNS) is Wish.LEAVE


def sets_public_ip(tags: Tags, settings: Settings) -> bool:
    """Tell whether SubnetPublicIp acts in the subnets of the VPC that has these tags."""
    said = wish(tags, PUBLIC_IP)
    if settings.subnet_public_ip is SubnetPublicIp.LEAVE or said is Wish.LEAVE or is_exempt(tags):
        return False
    return settings.enforce_in is EnforceIn.ALL or said is Wish.ENFORCE
