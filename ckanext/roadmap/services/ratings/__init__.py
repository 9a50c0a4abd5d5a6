"""The international ratings whose gaps feed the box of suggestions; each registers itself."""

from . import barometer, odin, ogdi, ourdata
from .base import RATINGS, Rating, named, of

__all__ = ["RATINGS", "Rating", "barometer", "named", "odin", "of", "ogdi", "ourdata"]
