"""What stands where botocore and Lambda stand does as they do."""

from __future__ import annotations

from unittest.mock import patch

import botocore.session
import peerkeeper.runner
import pytest
from botocore.exceptions import PaginationError
from botocore.paginate import Paginator as RealPaginator
from botocore.retries.standard import ThrottledRetryableChecker, TransientRetryableChecker
from botocore.stub import Stubber
from peerkeeper.aws.clients import ATTEMPTS
from peerkeeper.runner import Runner
from peerkeeper.values.changes import DeleteRoute

from simulator import todays
from simulator.client import RETRIED, Paginator
from simulator.todays import SimulatedRunner, job_of
from simulator.trail import OURS, SEOUL

PAGES = {
    "all": ({"NextToken": "a"}, {"NextToken": "b"}, {}),
    "an empty one with a token": ({"Vpcs": [], "NextToken": "a"}, {}),
    "a token twice": ({"NextToken": "a"}, {"NextToken": "a"}, {}),
}


class Replies:
    """A client that gives these pages, whatever it is asked."""

    def __init__(self, pages):
        self.pages = [{"Vpcs": [{"VpcId": f"vpc-{n}"}], **page} for n, page in enumerate(pages)]
        self.asked = []

    def call(self, action, **params):
        self.asked.append(params.get("NextToken"))
        return self.pages[len(self.asked) - 1]

    def failed(self, action, params):
        self.asked.append("failed")


def taken(pages):
    try:
        return [vpc["VpcId"] for page in pages for vpc in page["Vpcs"]]
    except PaginationError:
        return "PaginationError"


@pytest.mark.parametrize("name", PAGES)
def test_the_paginator_goes_on_and_stops_as_botocores_does(name):
    ours = taken(Paginator(Replies(PAGES[name]), "DescribeVpcs").paginate(Filters=[]))
    client = botocore.session.Session().create_client(
        "ec2", region_name=SEOUL, aws_access_key_id="x", aws_secret_access_key="x"
    )
    with Stubber(client) as stub:
        for page in Replies(PAGES[name]).pages:
            stub.add_response("describe_vpcs", page)
        pages = client.get_paginator("describe_vpcs")
        assert isinstance(pages, RealPaginator)
        theirs = taken(pages.paginate(Filters=[], PaginationConfig={"PageSize": 1000}))
    assert ours == theirs


def test_what_is_retried_is_what_botocore_retries():
    throttled = set(ThrottledRetryableChecker._THROTTLED_ERROR_CODES)
    passing = set(TransientRetryableChecker._TRANSIENT_ERROR_CODES)
    by_status = {
        "ServiceUnavailable",
        "Unavailable",
        "InternalError",
        "InternalFailure",
        "ServerInternal",
    }
    assert throttled | passing | by_status >= RETRIED


def test_the_runner_is_the_real_one_with_other_clients():
    environment = {"PEERKEEPER_ACCOUNT": OURS, "AWS_REGION": SEOUL}
    with patch.object(peerkeeper.runner, "Clients") as clients:
        for folder, attempts in (
            ("connect_peerings", todays.ATTEMPTS),
            ("clean_routes", todays.DELETE_ATTEMPTS),
        ):
            real = Runner(job_of(folder), environment)
            assert clients.call_args.args[2] == attempts
            assert (DeleteRoute in real.job.rights) is (attempts == 1)
            memory = (real.repeated_writes, real.drift)
            simulated = SimulatedRunner(real.job, real.settings, clients, lambda tasks: [], memory)
            assert set(vars(simulated)) == set(vars(real))
    assert todays.ATTEMPTS == ATTEMPTS
    own = {name for name in vars(SimulatedRunner) if not name.startswith("__")}
    assert not own, "nothing but what it is made with may differ"
