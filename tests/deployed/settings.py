"""The variables that an engine of each name is started with."""

import os
from pathlib import Path

from tests.deployed.places import HUB, ORGANIZATION, SEOUL


def settings(name: str, port: int, home: Path, ca: str) -> dict[str, str]:
    """Return the engine's own variables: nothing of this shell's, and no way to Docker or to real AWS."""
    (home / "tmp").mkdir(exist_ok=True)
    common = {
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "DOCKER_HOST": "unix:///nonexistent",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
    if name == "localstack":
        return common | {
            "GATEWAY_LISTEN": f"127.0.0.1:{port}",
            "LOCALSTACK_HOST": f"127.0.0.1:{port}",
            "GATEWAY_SERVER": "hypercorn",
            "DNS_ADDRESS": "0",
            "DISABLE_EVENTS": "1",
            "SKIP_SSL_CERT_DOWNLOAD": "1",
            "EAGER_SERVICE_LOADING": "0",
            "SQS_ENDPOINT_STRATEGY": "path",
            "LAMBDA_IGNORE_ARCHITECTURE": "1",
            "LAMBDA_RUNTIME_EXECUTOR": "process",
            "LOCALSTACK_VOLUME_DIR": str(home / "volume"),
            "FILESYSTEM_ROOT": str(home / "root"),
        }
    return common | {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": SEOUL,
        "MINISTACK_ACCOUNT_ID": HUB,
        "AWS_ACCESS_KEY_ID": HUB,
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "PEERKEEPER_ORGANIZATION": ORGANIZATION,
        "AUTH": "true",  # IAM is enforced, and so are the policies of queues: hence TLS
        "USE_SSL": "1",
        "MINISTACK_SSL_CERT": ca,
        "MINISTACK_SSL_KEY": ca,
        "AWS_CA_BUNDLE": ca,
        "IOT_MTLS_ENABLED": "false",
        "SFTP_ENABLED": "false",
        "LAMBDA_EXECUTOR": "local",
    }
