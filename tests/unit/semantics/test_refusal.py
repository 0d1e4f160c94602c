import pytest

from peerkeeper_local.semantics.refusal import Refusal


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("RequestLimitExceeded", 503),
        ("ServiceUnavailable", 503),
        ("InternalError", 500),
        ("DryRunOperation", 412),
        ("UnauthorizedOperation", 403),
        ("AuthFailure", 401),
        ("InvalidRoute.NotFound", 400),
    ],
)
def test_the_status_tells_the_clients_fault_from_the_services(code: str, status: int) -> None:
    assert Refusal(code, "no").http_status == status


def test_one_call_may_answer_with_another_status() -> None:
    assert Refusal("AuthFailure", "no", 400).http_status == 400


def test_a_refusal_reads_as_code_and_message() -> None:
    assert str(Refusal("A", "b")) == "A: b"
