"""Every deviation of plain moto from EC2 that the local cloud closes, by area."""

from tests.contract.fidelity.address_deviations import ADDRESSES
from tests.contract.fidelity.association_deviations import ASSOCIATIONS
from tests.contract.fidelity.call_deviations import CALLS
from tests.contract.fidelity.dhcp_deviations import DHCP
from tests.contract.fidelity.endpoint_deviations import GATEWAY_ENDPOINTS
from tests.contract.fidelity.filter_deviations import FILTERS
from tests.contract.fidelity.group_reference_deviations import GROUP_REFERENCES
from tests.contract.fidelity.host_deviations import HOSTS
from tests.contract.fidelity.interface_deviations import INTERFACES
from tests.contract.fidelity.interface_endpoint_deviations import INTERFACE_ENDPOINTS
from tests.contract.fidelity.nat_gateway_deviations import NAT_GATEWAYS
from tests.contract.fidelity.network_acl_deviations import NETWORK_ACLS
from tests.contract.fidelity.peering_end_deviations import ENDS
from tests.contract.fidelity.peering_life_deviations import LIFE
from tests.contract.fidelity.peering_option_deviations import OPTIONS
from tests.contract.fidelity.peering_view_deviations import VIEWS
from tests.contract.fidelity.prefix_list_deviations import PREFIX_LISTS
from tests.contract.fidelity.quota_deviations import QUOTAS
from tests.contract.fidelity.region_deviations import REGIONS
from tests.contract.fidelity.route_deviations import ROUTES
from tests.contract.fidelity.route_table_deviations import ROUTE_TABLES
from tests.contract.fidelity.route_target_deviations import ROUTE_TARGETS
from tests.contract.fidelity.security_group_deviations import SECURITY_GROUPS
from tests.contract.fidelity.subnet_deviations import SUBNETS
from tests.contract.fidelity.tag_deviations import TAGS
from tests.contract.fidelity.trail_deviations import TRAILS
from tests.contract.fidelity.vpc_deviations import VPCS
from tests.contract.fidelity.zone_deviations import ZONES

AREAS = {
    "The life of a peering": LIFE,
    "The end of a peering": ENDS,
    "What is seen of a peering": VIEWS,
    "Peering options": OPTIONS,
    "Routes": ROUTES,
    "What a route points at": ROUTE_TARGETS,
    "Route tables": ROUTE_TABLES,
    "Associations and edge tables": ASSOCIATIONS,
    "VPCs and subnets": VPCS,
    "Addresses": ADDRESSES,
    "What a subnet shows": SUBNETS,
    "Filters": FILTERS,
    "DHCP options": DHCP,
    "NAT gateways and their addresses": NAT_GATEWAYS,
    "Managed prefix lists": PREFIX_LISTS,
    "Gateway endpoints": GATEWAY_ENDPOINTS,
    "Interface endpoints, and what is read of endpoints": INTERFACE_ENDPOINTS,
    "Network ACLs": NETWORK_ACLS,
    "Security groups": SECURITY_GROUPS,
    "Groups of a peer VPC": GROUP_REFERENCES,
    "Interfaces, and what they hold": INTERFACES,
    "Hosts": HOSTS,
    "Tags": TAGS,
    "Ids, pages, dry runs": CALLS,
    "Regions": REGIONS,
    "Private hosted zones": ZONES,
    "Service Quotas": QUOTAS,
    "CloudTrail": TRAILS,
}
ALL = tuple(row for rows in AREAS.values() for row in rows)
