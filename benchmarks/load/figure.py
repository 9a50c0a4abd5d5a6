"""One line of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value and what it must reach.

    :ivar sense: ">=" or "<="; empty: told only
    """

    name: str
    value: float
    unit: str
    sense: str = ""
    limit: float | None = None

    @property
    def required(self) -> str:
        """The bound in words."""
        return f"{self.sense} {self.limit:g}" if self.limit is not None else ""

    @property
    def ok(self) -> bool:
        """Whether the bound is kept; what has none is."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.sense == ">=" else self.value <= self.limit

    def to_dict(self) -> dict[str, object]:
        """The figure as JSON."""
        return {
            "name": self.name, "value": round(self.value, 4), "unit": self.unit, "required": self.required,
            "ok": self.ok,
        }  # fmt: skip

    def line(self) -> str:
        """The figure as text."""
        sign = "" if self.limit is None else "   ok" if self.ok else "   MISSED"
        return f"{self.name:<62} {self.value:>10.3f} {self.unit:<14} {self.required:<8}{sign}"
