"""A machine with AWS profiles of its own. In: a folder, a configuration. Out: its environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

KEYS = "aws_access_key_id = AKIAAAAAAAAAAAAAAAAA\naws_secret_access_key = a\n"
LED_AWAY = (
    *("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
    *("AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION", "AWS_REGION"),
)


def configured(folder: Path, monkeypatch: Any, text: str) -> None:
    """Let this process have only the profiles in the text."""
    for name in LED_AWAY:
        monkeypatch.delenv(name, raising=False)
    (folder / "config").write_text(text)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(folder / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(folder / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
