"""EC2's model takes longer to parse than a scene to play: the process parses it once for all sessions."""

import json
import subprocess
import sys

COUNTED = """
import collections, contextlib, io, json, sys
from botocore.loaders import JSONFileLoader
parse, parsed = JSONFileLoader._load_file, collections.Counter()
def counted(loader, path, opened):
    found = parse(loader, path, opened)
    if found is not None:
        parsed[path.rpartition("/data/")[2].split(".json")[0]] += 1
    return found
JSONFileLoader._load_file = counted
from peerkeeper_local.cli import main
sys.argv = ["peerkeeper-local", "demo"]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(json.dumps(parsed))
"""


def test_the_demo_parses_the_model_of_ec2_once_for_all_sessions_and_once_for_moto():
    done = subprocess.run(
        [sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True
    )
    parsed = json.loads(done.stdout)
    assert parsed["ec2/2016-11-15/service-2"] == 2
