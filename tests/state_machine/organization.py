"""An organization for the fleet sweep: accounts in units, one outside of them, and some without our roles."""

from tests.state_machine.stage import SEOUL, TOKYO, FleetStage

REGIONS = (SEOUL, TOKYO)


def stage_of(reachable):
    """The hub for unit `network`; `reachable` of its four accounts hold our roles. A VPC to mend in each."""

    def prepare(stage):
        theirs = stage.theirs = Organization(stage.client("organizations"))
        accounts = [*theirs.in_network, *theirs.in_lab]
        stage.spokes, stage.shut = accounts[:reachable], accounts[reachable:]
        members = dict.fromkeys([stage.cloud.account, theirs.outside, *accounts], theirs.id)
        stage.cloud.authority.organizations.update(members)
        for account in members:
            stage.cloud.client("ec2", SEOUL, account=account).create_vpc(CidrBlock="10.39.0.0/16")
        return {
            "Accounts": "organization",
            "OrganizationId": theirs.id,
            "OrganizationalUnits": theirs.network,
            "NoticeTopicArn": f"arn:aws:sns:{SEOUL}:{stage.cloud.account}:notices",
        }

    return FleetStage({"Mode": "full", "Regions": ",".join(REGIONS)}, prepare)


def calls_of_ours(stage):
    """The EC2 calls of Peerkeeper's roles, the hub's and the spokes'."""
    return [call for call in stage.cloud.calls if ":assumed-role/peerkeeper-" in call.principal]


class Organization:
    """network/{lab}, and an account outside of both units."""

    def __init__(self, client):
        self.client = client
        self.id = client.create_organization(FeatureSet="ALL")["Organization"]["Id"]
        self.root = client.list_roots()["Roots"][0]["Id"]
        self.network = self.unit(self.root, "network")
        self.lab = self.unit(self.network, "lab")
        self.outside = self.account("outside", self.root)
        self.in_network = [self.account(f"network-{n}", self.network) for n in range(3)]
        self.in_lab = [self.account("lab", self.lab)]

    def unit(self, parent, name):
        made = self.client.create_organizational_unit(ParentId=parent, Name=name)
        return made["OrganizationalUnit"]["Id"]

    def account(self, name, parent):
        made = self.client.create_account(AccountName=name, Email=f"{name}@example.com")
        account = made["CreateAccountStatus"]["AccountId"]
        if parent != self.root:
            self.client.move_account(
                AccountId=account, SourceParentId=self.root, DestinationParentId=parent
            )
        return account
