"""The estate of endpoints that are only reported."""

import pytest

from tests.integration.endpoints.estate import Estate
from tests.integration.pair import QUICK


@pytest.fixture
def estate():
    with Estate("full", QUICK, Endpoints="report") as opened:
        yield opened
