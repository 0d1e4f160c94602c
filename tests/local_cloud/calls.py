"""Recorded calls, made by hand."""

from typing import Any

from peerkeeper_local.cloud import Call

OPERATOR = "arn:aws:iam::111122223333:user/operator"
OURS = (
    "arn:aws:sts::111122223333:assumed-role/peerkeeper-connect-peerings/peerkeeper-connect-peerings"
)
NOON = 1_793_620_800.0  # 2026-11-02T12:00:00Z


def call(
    action: str,
    params: dict[str, Any] | None = None,
    reply: dict[str, Any] | None = None,
    *,
    error: tuple[str, str] | None = None,
    principal: str = OPERATOR,
) -> Call:
    return Call(
        account="111122223333",
        region="ap-northeast-2",
        action=action,
        params=params or {},
        read=lambda: None if error else reply or {},
        error=error,
        at=NOON,
        started=0.0,
        ended=0.0,
        principal=principal,
        dry_run=bool(params and params.get("DryRun")),
    )
