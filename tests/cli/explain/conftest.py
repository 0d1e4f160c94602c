"""The estate of a test: a local cloud in mode full, unless the test says otherwise."""

import pytest

from tests.reports.estate import Estate


@pytest.fixture
def estate(request):
    with Estate(**getattr(request, "param", {})) as opened:
        yield opened
