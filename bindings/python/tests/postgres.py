"""A PostgreSQL server of a test's own, on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


class Postgres:
    """Starts Debian's server in a temporary folder; ends and removes it at the end of the `with`."""

    def __enter__(self):
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
        assert programs, "PostgreSQL is missing; `make tools` installs it"
        self.programs = programs[-1]
        self.folder = Path(tempfile.mkdtemp(prefix="learnerlink-postgres-"))
        # The server refuses to run as root.
        self.user = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("postgres")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self.user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "learnerlink", "--auth", "trust", "--no-sync", "-E", "UTF8", "--locale", "C")
        options = f"-h 127.0.0.1 -p {port} -k {self.folder} -c fsync=off"
        self._run("pg_ctl", "-D", data, "-w", "-l", str(self.folder / "log"), "-o", options, "start")
        self._run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "learnerlink", "learnerlink")
        self.url = f"postgres://learnerlink@127.0.0.1:{port}/learnerlink"
        return self

    def __exit__(self, *_):
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder)

    def _run(self, program, *arguments):
        command = [str(self.programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **self.user)
