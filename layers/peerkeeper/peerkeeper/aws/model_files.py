"""botocore's models as a function loads them: the trimmed ones first, of known services, as plain dicts.

In: a folder. Out: a loader for a botocore session. It leaves out what botocore's own loader does at each cold
start: a look into the folder of every service, and ordered dicts. Source: botocore, loaders.py.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from botocore.loaders import JSONFileLoader, Loader

SERVICES = ("ec2", "events", "route53", "service-quotas", "sqs", "sts")
"""All that the functions of networks make clients of. The build trims the endpoints of botocore to these."""
FORMS = ((".json", open), (".json.gz", gzip.open))


class ModelFiles(Loader):
    """A loader that looks into this folder before botocore's own."""

    def __init__(self, folder: Path) -> None:
        """`folder`: laid out as botocore's own."""
        super().__init__(extra_search_paths=[str(folder)], file_loader=_PlainFiles())

    def list_available_services(self, type_name: str) -> list[str]:
        """Return the services that are used, without a look at the disk."""
        return [*SERVICES]


class _PlainFiles(JSONFileLoader):
    def load_file(self, file_path: str) -> Any:  # noqa: ANN401 - any JSON value
        for ending, opened in FORMS:
            path = Path(file_path + ending)
            if path.is_file():
                with opened(path, "rb") as file:
                    return json.loads(file.read())
        return None
