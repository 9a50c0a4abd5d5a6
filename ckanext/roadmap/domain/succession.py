"""Who takes over what a body held when it ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """What becomes of one obligation: it passes to `to`, and these others owe the same from now on.

    Without `to` it ends: nobody takes over, or each heir owes the same already (`joined`). A body that lives
    on after a split keeps the obligation: `to` is the body itself.
    """

    to: str | None
    others: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


def passage(
    body: str, heirs: Iterable[str], owing: Collection[str], excepted: Collection[str] = ()
) -> Passage:
    """Settle one obligation of a body that ends.

    :param heirs: who stands for the body, in the order in which they are considered
    :param owing: the bodies that owe the same item already
    :param excepted: bodies that the item leaves out
    """
    bound = [heir for heir in heirs if heir == body or heir not in excepted]
    free = [heir for heir in bound if heir not in owing or heir == body]
    joined = tuple(heir for heir in bound if heir in owing and heir != body)
    to = body if body in bound else next(iter(free), None)
    return Passage(to, tuple(heir for heir in free if heir != to), joined)
