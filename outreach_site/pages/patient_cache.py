"""Redis as a cache that may be down: nothing that people do fails because of it."""

import functools
import logging
import time

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

LOG_AGAIN_SECONDS = 60


def _or(answer):
    """Make a method of the cache give `answer()` while Redis does not answer."""

    def decorate(name):
        original = getattr(RedisCache, name)

        @functools.wraps(original)
        def asked(self, *args, **kwargs):
            try:
                return original(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                self._note(error)
                return answer(*args, **kwargs)

        return asked

    return decorate


class PatientRedis(RedisCache):
    """Django's cache in Redis; while Redis is down every look is a miss and every write is forgotten."""

    noted_at = 0.0

    def _note(self, error):
        # Once a minute, and the class alone: a message may hold the address and the password.
        if time.monotonic() - PatientRedis.noted_at > LOG_AGAIN_SECONDS or not PatientRedis.noted_at:
            PatientRedis.noted_at = time.monotonic()
            logger.warning("cache does not answer: %s", type(error).__name__)

    get = _or(lambda key, default=None, version=None: default)("get")
    get_many = _or(lambda *_args, **_kwargs: {})("get_many")
    set_many = _or(lambda data, *_args, **_kwargs: list(data))("set_many")
    add = _or(lambda *_args, **_kwargs: True)("add")
    set = _or(lambda *_args, **_kwargs: None)("set")
    touch = _or(lambda *_args, **_kwargs: False)("touch")
    delete = _or(lambda *_args, **_kwargs: False)("delete")
    delete_many = _or(lambda *_args, **_kwargs: None)("delete_many")
    has_key = _or(lambda *_args, **_kwargs: False)("has_key")
    clear = _or(lambda *_args, **_kwargs: False)("clear")
    # What counts has nothing to count on: as if the key were gone, which every caller expects.
    incr = _or(lambda key, delta=1, version=None: delta)("incr")
