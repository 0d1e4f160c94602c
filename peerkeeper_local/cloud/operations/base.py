"""What every operation of the fidelity layer stands on. In: a request as moto parsed it.

`self.params` has botocore's shape; a returned `ActionResult` is serialised by the service model.
`self.world` is set by the seam before an operation runs.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.views import shown
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.filter_paths import FILTERS
from peerkeeper_local.semantics.filters import matching
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.paging import page_of
from peerkeeper_local.semantics.refusal import Refusal, no_such_vpc, required
from peerkeeper_local.semantics.tags import check_tags


class Operations(EC2Response):  # type: ignore[misc]  # moto is not typed
    """moto's EC2 operations, with the world and the caller's location at hand."""

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

    def check_new_tags(self) -> None:
        """Raise Refusal if something is to be created with tags that EC2 does not take."""
        for each in self.params.get("TagSpecifications") or []:
            tags = {tag["Key"]: tag.get("Value", "") for tag in each.get("Tags") or []}
            check_tags(tags, (), self.world.limits)

    def described(
        self,
        kind: str,
        id_key: str,
        unknown: Callable[[str], Refusal],
        page: int,
    ) -> ActionResult:
        """Return one page of the documents of `kind`: those of the ids sent, then filtered.

        `id_key` names the id in a document, and with an s the ids parameter; `unknown(id)` is the
        Refusal for an id that is not there. Ids are not combined with MaxResults. Source: observed
        (DescribeVpcs), assumed of the others.
        """
        documents: Sequence[Document] = shown(self.world, self.location, kind)
        wanted = self.params.get(f"{id_key}s") or []
        if wanted and self.params.get("MaxResults") is not None:
            raise Refusal(
                "InvalidParameterCombination",
                f"The parameter {id_key}s cannot be used with the parameter MaxResults",
            )
        if wanted:
            by_id = {document[id_key]: document for document in documents}
            for each in wanted:
                if each not in by_id:
                    raise unknown(each)
            documents = [document for key, document in by_id.items() if key in set(wanted)]
        found = matching(documents, self.params.get("Filters") or [], FILTERS[kind])
        return ActionResult(page_of(found, kind, self.params, page))
