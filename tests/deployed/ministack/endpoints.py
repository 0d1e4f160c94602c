"""A function's own AWS_ENDPOINT_URL counts for nothing. Why: the template declares it empty, which
botocore takes for not set; here it would win over the engine's own address, and the function would
call real AWS.
"""

from ministack.core import lambda_runtime


def bend() -> None:
    lambda_runtime._RESERVED_RUNTIME_ENV_VARS.add("AWS_ENDPOINT_URL")
