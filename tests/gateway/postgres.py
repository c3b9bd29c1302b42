"""A PostgreSQL of our own: one that a test may restart in the middle of things."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def programs():
    """Return the folder of PostgreSQL's programs, None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


class OwnPostgres:
    """A cluster in a folder of its own, on a free port of this machine."""

    def __init__(self, port):
        self.port, self.bin = port, programs()
        self.home = Path(tempfile.mkdtemp(prefix="loa-postgres-"))
        self.data = self.home / "data"
        # PostgreSQL refuses to run as root.
        self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        if os.getuid():
            self.user = []
        else:
            shutil.chown(self.home, "postgres", "postgres")
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.url = f"postgres://postgres@127.0.0.1:{port}/postgres"

    def _run(self, program, *words):
        subprocess.run(
            [*self.user, self.bin / program, "-D", self.data, *words],
            check=True,
            cwd=self.home,
            timeout=60,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )

    def start(self):
        how = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.home}"
        self._run("pg_ctl", "-w", "-l", self.home / "log", "-o", how, "start")

    def stop(self, mode="fast"):
        """Stop it; `immediate` is as good as pulling the plug."""
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    def close(self):
        self.stop("immediate")
        shutil.rmtree(self.home, ignore_errors=True)
