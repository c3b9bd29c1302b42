import random

from django.core.cache.backends.filebased import FileBasedCache


class SharedFiles(FileBasedCache):
    """Django's cache in files, which web and worker share, without listing the folder at each write."""

    CULLS_ONE_WRITE_IN = 100

    def _cull(self):
        if random.randrange(self.CULLS_ONE_WRITE_IN) == 0:
            super()._cull()
