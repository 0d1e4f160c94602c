"""One execution environment of a function: a process that answers one invocation after the other."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from localstack import config
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

WORKER = Path(__file__).with_name("worker.py")
GONE = {"errorType": "Runtime.ExitError", "errorMessage": "the function's process has ended"}
ALONE = {
    "PATH": "/usr/bin:/bin",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}
"""Nothing of this machine's, so that a function reaches the engine or nobody."""


class InAProcess(RuntimeExecutor):
    def __init__(self, id: str, function_version: Any) -> None:
        super().__init__(id, function_version)
        self._one_at_a_time = threading.Lock()
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it lives as long as the process
        self._process: subprocess.Popen[str] | None = None

    def start(self, env_vars: dict[str, Any]) -> None:
        """Start the process. An empty AWS_ENDPOINT_URL means none, as to botocore: the engine's own
        then stands.
        """
        said = {k: str(v) for k, v in env_vars.items() if v or k != "AWS_ENDPOINT_URL"}
        said.setdefault("AWS_ENDPOINT_URL", self._engine())
        if said["AWS_ENDPOINT_URL"] != self._engine():
            raise RuntimeError(f"a function would call {said['AWS_ENDPOINT_URL']}")
        version = self.function_version.config
        code = str(version.code.get_unzipped_code_location())
        layers = [layer.code for layer in version.layers or []]
        for one in layers:
            one.prepare_for_execution()
        paths = [code, *(str(Path(one.get_unzipped_code_location()) / "python") for one in layers)]
        own = {"PYTHONPATH": os.pathsep.join(paths), "LAMBDA_TASK_ROOT": code}
        self._process = subprocess.Popen(
            [sys.executable, str(WORKER)],
            cwd=code,
            env=said | own | ALONE,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
        )

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.kill()

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        asked = {
            "id": payload["invoke-id"],
            "arn": payload["invoked-function-arn"],
            "payload": payload["payload"],
            "trace": payload["trace-id"],
            "timeout": self.function_version.config.timeout,
        }
        with self._one_at_a_time:
            process, before = self._process, self._log.tell()
            assert process and process.stdin and process.stdout
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            self._log.seek(before)
            logs = self._log.read()
        answer = json.loads(line) if line else {"error": True, "payload": json.dumps(GONE)}
        return InvocationResult(asked["id"], answer["payload"].encode(), answer["error"], logs)

    def get_logs(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def get_address(self) -> str:
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        return f"{self._engine()}/_localstack_lambda/{self.id}"

    def _engine(self) -> str:
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}"

    @classmethod
    def prepare_version(cls, function_version: Any) -> None:
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version: Any) -> None:
        """Nothing is prepared outside the engine's own folder."""
