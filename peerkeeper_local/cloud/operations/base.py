"""What every operation of the fidelity layer stands on. In: a request as moto parsed it.

`self.params` has botocore's shape; a returned `ActionResult` is serialised by the service model.
`self.world` is set by the seam before an operation runs.
"""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from peerkeeper_local.cloud.views import shown
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.filter_paths import FILTERS
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.listings import Listing, listed
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal, no_such_vpc, required


class Operations(EC2Response):  # type: ignore[misc]  # moto is not typed
    """moto's EC2 operations, with the world and the caller's location."""

    params: dict[str, Any]
    world: ClassVar[World]

    @property
    def location(self) -> Location:
        """The account the caller acts in, and the Region of the endpoint called."""
        return Location(self.current_account, self.region)

    @property
    def ec2_backend(self) -> Any:  # noqa: ANN401 - moto is not typed
        """Moto's store for the caller's location, furnished."""
        return self.world.backend(self.location)

    @property
    def moment(self) -> Moment:
        """Now, with the delays and quotas in force."""
        return self.world.moment()

    def required(self, name: str) -> str:
        """Return a parameter. Raises Refusal (MissingParameter) if it was not sent."""
        return str(required(self.params, name))

    def vpc(self) -> Any:  # noqa: ANN401 - moto is not typed
        """Return the VPC that the call names. Raises Refusal (NotFound) if there is none."""
        vpc_id = self.required("VpcId")
        stored = self.ec2_backend.vpcs.get(vpc_id)
        if stored is None:
            raise no_such_vpc(vpc_id)
        return stored

    def described(
        self,
        kind: str,
        id_key: str,
        unknown: Callable[[str], Refusal],
        page: int,
    ) -> ActionResult:
        """Return one page of the documents of `kind`: the ids that were sent, then filtered.

        `id_key` names the id in a document, and with an s the ids parameter; `unknown(id)` is the
        Refusal for an id that is not there. Ids are not combined with MaxResults. Source: observed
        (DescribeVpcs), assumed of the others.
        """
        ids = f"{id_key}s"
        if self.params.get(ids) and self.params.get("MaxResults") is not None:
            raise Refusal(
                "InvalidParameterCombination",
                f"The parameter {ids} cannot be used with the parameter MaxResults",
            )
        listing = Listing(kind, id_key, ids, FILTERS[kind], unknown, most=page)
        return ActionResult(listed(shown(self.world, self.location, kind), listing, self.params))

    def check_effect(self, names: Iterable[str], whose: str) -> None:
        """Raise Refusal for a parameter that would have no effect here: `whose` lack it."""
        for name in names:
            if self.params.get(name):
                raise Refusal(
                    "UnsupportedOperation",
                    f"The local cloud does not do this {self._get_action()}: "
                    f"the local cloud's {whose} have no {name}",
                )
