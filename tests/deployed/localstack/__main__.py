"""Starts LocalStack, which runs functions in processes. Run by the engine's own Python; settings are
its variables.

    python tests/deployed/localstack

Why: it runs them in containers alone, and the program inside them comes from the internet.
"""

from executor import InAProcess
from localstack.runtime.main import main
from localstack.services.lambda_.invocation import runtime_executor

if __name__ == "__main__":
    runtime_executor.get_runtime_executor = lambda: InAProcess
    main()
