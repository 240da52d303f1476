"""Packs a folder so that the same contents always give the same bytes.

    pack.py FOLDER ARCHIVE      ARCHIVE ends in .tar.gz or .zip; beside it comes ARCHIVE.sha256

Inside the folder, SHA256SUMS is written first.
"""

import gzip
import hashlib
import io
import os
import sys
import tarfile
import zipfile
from pathlib import Path

# No archive tells when it was made: times would differ although nothing else does.
MOMENT = (2020, 1, 1, 0, 0, 0)
SECONDS = 1577836800


def sum_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def tar(folder, archive):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as packed:
        for path in files(folder):
            entry = packed.gettarinfo(path, str(path.relative_to(folder.parent)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = SECONDS
            entry.mode = 0o755 if os.access(path, os.X_OK) else 0o644
            with path.open("rb") as content:
                packed.addfile(entry, content)
    archive.write_bytes(gzip.compress(buffer.getvalue(), mtime=0))


def zipped(folder, archive):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, path.read_bytes())


def main():
    folder, archive = Path(sys.argv[1]), Path(sys.argv[2])
    sums = [f"{sum_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in files(folder)]
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")
    (zipped if archive.suffix == ".zip" else tar)(folder, archive)
    Path(f"{archive}.sha256").write_text(f"{sum_of(archive)}  {archive.name}\n", "utf-8")


main()
