"""All that Redis holds, in the clear."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from ckan.lib.redis import connect_to_redis


def everything_in_redis() -> str:
    """Every value of every kind; what jobs carry is packed, so it is unpacked as well."""
    redis = connect_to_redis()
    readers: dict[bytes, Callable[[bytes], Any]] = {
        b"string": lambda key: [redis.get(key)],
        b"hash": lambda key: [part for pair in redis.hgetall(key).items() for part in pair],
        b"list": lambda key: redis.lrange(key, 0, -1),
        b"set": redis.smembers,
        b"zset": lambda key: redis.zrange(key, 0, -1),
        b"stream": redis.xrange,
    }
    return repr([(key, [*map(unpacked, readers[redis.type(key)](key))]) for key in redis.keys("*")])


def unpacked(value: Any) -> Any:
    """A value as it was before it was compressed."""
    try:
        return zlib.decompress(value)
    except (zlib.error, TypeError):
        return value
