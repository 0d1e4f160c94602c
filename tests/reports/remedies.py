"""The closed list of what findings tell people to do, each with the test that follows it to its end.

A phrase stands as in the source, with {} where a value goes, {command} where a command does. Where no test
can follow it, a reason stands in place of the test. `test_remedies_are_closed.py` holds the code to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from peerkeeper.values.findings import Code

ONE = r"aws \w+ [\w-]+(?: --[\w-]+ (?:'[^']*'|[^\s;,']+))*"
COMMAND = rf"(?:\{{\}}|{ONE}(?: && {ONE})*)"

VALUE, WORD = r"[^;\n]+?", r"[^\s;,]+"


@dataclass(frozen=True)
class Remedy:
    """One thing that people are told to do; `end`: the test that does it, or why none can."""

    phrase: str
    codes: frozenset[Code]
    end: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        wild = {"{}": VALUE, "{command}": COMMAND}
        parts = re.split(r"(\{\}|\{command\})", self.phrase)
        text = "".join(wild.get(part, re.escape(part)) for part in parts)
        return re.compile(text.removesuffix(VALUE) + WORD if self.phrase.endswith("{}") else text)


class _List:
    """Adds remedies, file of tests by file."""

    def __init__(self) -> None:
        self.all: list[Remedy] = []
        self.file = ""

    def __call__(self, end: str, codes: str, *phrases: str) -> None:
        known = frozenset(map(Code, codes.split()))
        place = f"{self.file}::{end}" if end.startswith("test_") else end
        self.all += [Remedy(phrase, known, place) for phrase in phrases]


told = _List()

told.file = "test_advice_works.py"
told(
    "test_either_way_to_agree_agrees",
    "held-not-approved not-approved",
    "to agree to this peering only: {command}",
    "to agree to every peering with {}: {command}",
)
told(
    "test_the_command_that_rejects_a_twin_ends_its_finding",
    "held-twin",
    "reject this request: {command}",
)
told(
    "test_the_command_of_a_notice_about_an_expired_request_asks_again",
    "request-expired",
    "ask again, in account {}: {command}",
)
told(
    "A command that reads and changes nothing.",
    "consent-withdrawn held-not-approved",
    "see which tag agrees: {command}",
    "see how to fix it:",
    "see how to fix each, this one first:",
    "see who peers with whom",
)
told(
    "test_the_command_that_deletes_a_dead_route_makes_room_for_the_live_one",
    "dead-route wider-than-scope",
    "delete it: {command}",
)

told.file = "test_remedies_by_hand.py"
told("test_a_request_is_accepted_once_its_live_twin_is_deleted", "held-twin", "delete {} first")
told(
    "test_a_request_that_failed_or_expired_is_asked_again",
    "request-failed request-expired",
    "Correct that and ask again",
    "ask again",
)
told(
    "test_host_names_turned_on_by_hand_let_the_peers_resolve",
    "dns-off",
    "turn them on: {command}",
)
told(
    "test_a_tag_corrected_as_its_fault_says_has_none",
    "tag-fault",
    "write {}, and remove {}",
    "if you mean {}, write that",
)
told(
    "test_a_tag_in_the_wrong_place_is_moved_or_removed_as_its_fault_says",
    "tag-fault",
    "remove it, or move it to {}",
    "remove it, or set {} on {}",
    "remove that tag",
)
told(
    "test_people_are_told_once_there_is_room_for_the_tag",
    "cannot-remember",
    "make that possible (a resource has at most 50 tags)",
)
told(
    "test_explain_names_the_tag_that_agrees",
    "routed-not-approved",
    "`peerkeeper explain` with the id of one names the tag that agrees",
)
told(
    "test_consent_that_went_is_given_again_or_the_peering_deleted",
    "consent-withdrawn",
    "delete the peering",
    "or agree again with the tag that `peerkeeper explain` names",
)
told(
    "test_a_spoke_deployed_again_grants_the_right",
    "denied not-carrying cannot-remember account-unreachable quota-unknown",
    "grant {} there: deploy spoke.yaml of this version again, with {} in its Regions and the hub's {}",
    "deploy spoke.yaml there (docs/adopt/fleet.md), which makes {} with the trust {} and the condition {}",
)

told.file = "../integration/test_private_zones.py"
told(
    "test_the_commands_of_the_handshake_end_the_finding_in_two_accounts",
    "zone-not-shared",
    "to let its owner associate it, with credentials of {}: {command}",
    "to associate it, with credentials of {}: {command}",
    "to end that permission afterwards, with credentials of {}: {command}",
)
told(
    "test_a_zone_of_the_same_name_is_a_conflict_until_the_word_is_removed",
    "zone-conflict",
    "if that is right, remove the word that names this VPC from {} of {}",
)
told(
    "test_a_vpc_without_dns_is_told_to_turn_it_on",
    "zone-needs-vpc-dns",
    "to turn on DNS {}: {command}",
)
told(
    "test_a_zone_that_outlives_its_peering_is_taken_away_by_the_command",
    "zone-left-behind",
    "to disassociate it, with credentials of {}: {command}",
)

told.file = "test_a_part_of_the_peer.py"
told(
    "test_a_tag_outside_the_peer_is_corrected",
    "scope-outside-peer",
    "correct the tag: the networks of {} are {}",
)
told(
    "test_the_tag_of_the_command_widens_one_peering_and_may_go_after_that",
    "narrow-routes-kept",
    "route the whole network for this peering only: {command}",
)
told(
    "test_subnets_that_are_out_of_reach_are_named_by_hand",
    "scope-unreadable",
    "name the CIDRs in the tag peerkeeper:destinations of {}, in {}",
)

told.file = "test_remedies_on_routes.py"
told(
    "test_the_owner_of_a_table_that_is_only_reported_on_adds_the_route",
    "route-left-to-owner",
    "let its owner add the route: {command}",
)
told(
    "test_what_is_taken_away_by_hand_ends_its_finding",
    "held-exempt diverted route-conflict surplus-route",
    "remove the tag to let the request in",
    "delete that route if you do not want it",
    "Delete it by hand if you do not want it",
)
told(
    "test_the_command_that_deletes_the_route_in_the_way_makes_room",
    "route-conflict claimed-twice",
    "delete that route, which ends its traffic to {}",
    "to delete that route: {command}",
)
told(
    "test_a_tag_on_the_table_ends_its_finding",
    "route-conflict prefix-list-conflict claimed-twice",
    "or, if this table is meant to send the network there, tag {} peerkeeper:routes=none",
    "or tag {} peerkeeper:routes with the ids that it may route",
)
told(
    "test_of_two_new_peers_with_one_network_the_one_whose_tag_is_left_is_routed",
    "route-conflict",
    "remove the tag of one peer",
)
told(
    "test_of_two_new_peers_with_one_network_the_route_made_by_hand_is_kept",
    "route-conflict",
    "or create the route by hand",
)
told(
    "test_an_entry_that_two_lists_send_apart_is_taken_out_of_all_but_one",
    "prefix-list-conflict",
    "keep the entry in one list only",
)
told(
    "test_a_quota_that_is_raised_lets_the_route_be_written",
    "quota-reached quota-near held-no-room",
    "raise the quota in Service Quotas",
)

told.file = "../integration/test_stale_group_rules.py"
told(
    "test_the_command_of_the_finding_revokes_the_rule_and_ends_the_finding",
    "stale-group-rule",
    "to revoke it: {command}",
)

told.file = "../integration/test_reachability_of_the_sweep.py"
told(
    "test_the_command_of_a_single_hop_opens_it_and_ends_the_finding",
    "expected-traffic-blocked",
    "to open it: {command}",
)

told.file = "../integration/endpoints/test_gateway.py"
told(
    "test_missing_tables_are_told_until_the_command_of_the_finding_adds_them",
    "endpoint-table-missing",
    "to add it there: {command}",
)
told(
    "test_two_endpoints_of_a_service_that_want_one_table_are_told",
    "endpoint-twice",
    "Remove the tag from one of them",
)
told(
    "test_a_table_that_is_removed_from_the_other_endpoint_is_missing_in_this_one",
    "endpoint-twice",
    "or take the table from the other",
)
told(
    "test_an_endpoint_without_a_table_is_unused_until_it_has_one",
    "endpoint-unused",
    "set the tag {} on it to private or all",
)

told.file = "../integration/endpoints/test_interface.py"
told(
    "test_private_dns_that_is_off_is_told_until_the_command_of_the_finding_turns_it_on",
    "endpoint-dns-off",
    "to turn it on: {command}",
)
told(
    "test_vpc_dns_that_private_dns_needs_is_turned_on_by_the_commands_of_the_finding",
    "endpoint-dns-needs-vpc-dns",
    "to turn them on: {command}",
)
told(
    "test_a_second_endpoint_of_the_service_is_a_conflict_until_one_tag_is_removed",
    "endpoint-dns-conflict",
    "Remove the tag from one of the two",
)
told(
    "test_the_default_group_is_closed_until_it_admits_443_from_the_vpc",
    "endpoint-group-closed",
    "Let {} admit tcp 443 from {}",
)
told(
    "test_a_peer_that_is_expected_is_told_until_a_group_admits_it",
    "endpoint-closed-to-peer",
    "Let {} admit tcp 443 from {}",
)

told.file = "test_remedies_by_parameter.py"
told(
    "test_one_deployment_with_all_that_is_said_ends_every_finding",
    "held-account-not-allowed not-approved held-destination-not-allowed destination-not-allowed "
    "held-multipath-charges route-conflict prefix-list-conflict dns-off",
    "add it there",
    "remove !{} from it",
    "set AllowMultipathCharges=true to pay",
    "list {} in AllowMoreSpecificThan",
    "or set VpcDns=enforce",
)
told(
    "test_what_is_missing_and_named_turns_host_names_on",
    "dns-off",
    "or tag {} {}=enforce",
    " and tag {} {}=enforce",
)
told(
    "test_an_account_that_is_added_to_the_list_is_met",
    "held-account-not-allowed not-approved routed-not-approved",
    "add {} to AllowedAccounts to allow {}",
)
told(
    "test_the_first_list_of_accounts_that_is_told_takes_no_routed_peering_of_ours_away",
    "held-account-not-allowed not-approved routed-not-approved",
    "set AllowedAccounts={} to allow {} beside our own",
)
told(
    "test_the_mode_that_is_named_writes_the_route",
    "not-carrying",
    "set Mode=add-only or Mode=full",
)
told(
    "test_the_scope_that_is_named_routes_the_whole_network",
    "narrow-routes-kept",
    "set RouteScope=vpc to route the whole network in every table",
)
told("test_mode_full_takes_the_dead_route_away", "dead-route", "set Mode=full")
told(
    "test_one_release_of_the_brake_lets_the_deletes_through",
    "deletes-withheld",
    "deploy with DeleteOverride={}={}, and empty it again after the deletes",
)

told.file = "../unit/planning/test_way_in.py"
told(
    "test_the_accounts_of_an_organization_are_named_in_words_and_meet_once_they_are_listed",
    "held-account-not-allowed not-approved routed-not-approved",
    "set AllowedAccounts to {} and each of our accounts that peers, to allow {}",
)

told.file = "test_stays_right.py"
told(
    "test_of_two_peers_with_one_cidr_the_second_is_reported_and_routed_when_the_first_goes",
    "claimed-twice",
    "delete one peering",
)

told.file = "test_who_refused.py"
told(
    "test_what_the_finding_says_of_a_right_lets_the_route_be_written",
    "denied not-carrying cannot-remember account-unreachable quota-unknown",
    "grant {} there: deploy template.yaml of this version again",
    "remove that Deny of {}",
    "allow {} in that boundary, as {} does",
    "only an administrator of the organization can allow {}",
)
told(
    "test_a_region_that_the_organization_closed_is_said_so_and_taken_out_of_regions",
    "denied not-carrying cannot-remember",
    "if the policy closes {}, remove the region from Regions",
)
told(
    "test_a_region_that_is_off_is_taken_out_of_regions",
    "denied not-carrying cannot-remember",
    "grant {} there, or remove the region from Regions",
)
told(
    "test_an_account_that_the_organization_keeps_shut_is_not_told_to_deploy_a_spoke",
    "account-unreachable",
    "remove the account from Accounts",
)

told.file = "../integration/test_other_side.py"
told(
    "test_a_request_of_ours_is_finished_by_the_commands_as_they_stand",
    "other-side",
    "its owner must {}, and turn on DNS resolution, with credentials of that account:",
    "accept it, and once it is active route it",
    "route it in each route table that must reach this side",
)

told.file = "../integration/test_prefix_lists.py"
told(
    "test_an_entry_in_the_way_is_a_finding_and_its_removal_lets_the_route_in",
    "prefix-list-conflict",
    "remove that entry from {}",
)

told.file = "../integration/test_explain_profiles.py"
told(
    "test_each_account_is_read_with_the_profile_of_that_account",
    "",  # explain says it, no finding does
    "name a --profile of it as well, after the hub's",
)
told(
    "test_the_role_is_assumed_where_the_peering_leads",
    "",
    "or with --role-name a role that may read it",
)
told(
    "test_before_anything_is_deployed_it_goes_by_the_defaults_and_says_so",
    "",
    "name a --profile of it",
)
told(
    "test_a_region_that_is_named_alone_leaves_the_other_side_unread",
    "",
    "name its --region",
)
told(
    "test_what_is_not_there_is_looked_for_where_the_error_says",
    "",
    "name its --region, and a --profile of its account",
)

told(
    "No role of ours is assumed with a session policy.",
    "denied not-carrying cannot-remember",
    "allow {} in that session policy",
)
told(
    "Only AWS can read the message.",
    "denied not-carrying cannot-remember",
    "to see who refused, run with credentials of that account: {command}",
)
told(
    "It says that nothing is to be done here.",
    "account-unreachable",
    "do nothing if it is in another organization: other-side says what its owner must do",
)
told(
    "The page names the way out of each kind of wait.",
    "still-waiting",
    "see still-waiting in docs/operate/findings.md",
)

told.file = "test_remedies_of_reach.py"
told(
    "test_each_opening_opens_its_hop_and_all_together_the_way",
    "",
    "allow {} {} {} in {} ({})",
    "allow {}, before {}",
    "add a route",
    "accept {} in {}",
    "request a peering of {} with {}, and accept it",
    "add a route {} to the peering in {}, once there is one",
    "wait about a minute, until {} is active",
)
told(
    "test_where_no_number_is_free_other_numbers_make_room",
    "",
    "allow {}; give its entries other numbers first, so that one is free before {}",
)
told("It lists the forms that the word may have.", "", "is no traffic; write {}")

REMEDIES = tuple(sorted(told.all, key=lambda one: -len(one.phrase)))
"""The longest first: it may hold the words of a shorter one."""

OPERATIONS = {
    # what people are told to run, and the remedy that it belongs to
    "create-tags": "to agree to",
    "create-vpc-peering-connection": "ask again",
    "reject-vpc-peering-connection": "reject this request",
    "delete-route": "delete it",
    "revoke-security-group-ingress": "revoke it",
    "revoke-security-group-egress": "revoke it",
    "modify-vpc-endpoint": "add it there",
    "accept-vpc-peering-connection": "accept it",
    "create-route": "route it",
    "replace-route": "lead it",
    "create-network-acl-entry": "allow it",
    "authorize-security-group-ingress": "allow it",
    "authorize-security-group-egress": "allow it",
    "modify-vpc-peering-connection-options": "turn on DNS resolution",
    "modify-vpc-attribute": "turn them on",
    "create-vpc-association-authorization": "to let its owner associate it",
    "associate-vpc-with-hosted-zone": "to associate it",
    "delete-vpc-association-authorization": "to end that permission",
    "disassociate-vpc-from-hosted-zone": "to disassociate it",
    "decode-authorization-message": "to see who refused",
}

NOTHING_TO_DO = {
    Code.HELD_OVERLAP: "Such VPCs cannot be peered.",
    Code.OVERLAP: "Such a network cannot be routed.",
    Code.ENDPOINT_ONE_ZONE: "One zone may be meant: each further one costs money.",
    Code.ENDPOINT_PEER_NAME: "It is information: the name that hosts of a peer use.",
    Code.PEER_DNS_OFF: "EC2 refused the option; its own words say why.",
    Code.UNKNOWN_STATUS: "Peerkeeper does nothing with it; a newer version may know it.",
    Code.UNEXPLAINED: "It is a fault of Peerkeeper.",
    Code.GUARD: "It is a fault of Peerkeeper.",
    Code.ONE_WAY: "The other side says why it does not route; the page names the command.",
    Code.ACL_ALL: "Only its owner knows what should pass.",
    Code.ACL_REPLIES: "Only its owner knows which clients there are.",
    Code.NO_GROUP: "Only its owner knows what should pass.",
    Code.FAILED: "EC2's own words are all that is known.",
    Code.UNREAD: "It is looked at again.",
    Code.LEFT_TO_SWEEP: "The sweep takes over.",
    Code.ZONES_IN_TURN: "A later sweep looks at them.",
    Code.NOT_SENT: "The messages come again.",
}
