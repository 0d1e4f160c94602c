"""What `peerkeeper teardown` opens on a local cloud of this process. In: a cloud. Out: `Opened`."""

from botocore.session import Session
from peerkeeper.aws.pace import Pace
from peerkeeper.settings.environment import settings_from

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.logins.login import Login
from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.allowed_actions import hold
from peerkeeper_local.cloud import LocalCloud
from tests.builders import ENVIRONMENT


def login(cloud: LocalCloud, account: str) -> Login:
    variables = cloud.environment(cloud.operator(account))
    session = Session()
    session.set_credentials(variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"])
    hold(session, "teardown")
    return Login(account, session, f"the operator of {account}", cloud.regions[0])


def opened(cloud: LocalCloud, *accounts: str) -> Opened:
    """Open these accounts, by default all of the cloud."""
    asked = accounts or (cloud.account, *cloud.accounts)
    access = Access([login(cloud, one) for one in asked], pace=Pace(sleep=lambda _: None))
    settings = settings_from({**ENVIRONMENT, "PEERKEEPER_REGIONS": ",".join(cloud.regions)})
    regions = tuple(cloud.regions)
    typed = AskedFor("teardown", regions=regions)
    return Opened(typed, access, settings, "the test", False, cloud.clock.now(), regions)
