"""The products that a deployment consists of, pool by pool, and what may be said while some pools are silent."""

from collections.abc import Mapping
from dataclasses import dataclass

from checker.model.evidence import Evidence
from checker.model.undecided import Undecided
from checker.readings.pool_builds import Generation, pool_generations
from checker.readings.products import Product

Mix = frozenset[Product]


@dataclass(frozen=True, slots=True)
class Deployment:
    """``pools``: those whose generation is known; ``silent``: why that of the others is not."""

    pools: Mapping[str, Generation]
    silent: tuple[Undecided, ...]

    @property
    def mixes(self) -> tuple[Mix, ...]:
        """What the known pools are: one mix, or more where servers do not tell between products of one build line.

        Servers of one line that do not tell are taken for the same product: nothing tells them apart either.
        """
        products = {generation.products for generation in self.pools.values()}
        certain = frozenset(each[0] for each in products if len(each) == 1)
        doubtful = next((each for each in products if len(each) > 1), ())
        return tuple(certain | {each} for each in doubtful) or (certain,)

    def complete(self) -> None:
        """Raises ``Undecided`` for the first silent pool: for a verdict that it could change."""
        for silent in self.silent:
            raise silent.with_traceback(None)

    def __str__(self) -> str:
        return ", ".join(
            f"{pool}: {' or '.join(product.name for product in generation.products)}"
            for pool, generation in self.pools.items()
        )


def deployment(evidence: Evidence) -> Deployment:
    found = evidence.derive(pool_generations)
    return Deployment(
        {pool: each for pool, each in found.items() if isinstance(each, Generation)},
        tuple(each for each in found.values() if isinstance(each, Undecided)),
    )
