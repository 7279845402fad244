"""TUF repositories in folders, refreshed and downloaded from by python-tuf's client.

Reads a list of jobs from standard input and writes the list of their results, in order:

    folder    where `metadata` and `targets` are
    pin       the file of the root to start from; null to start from what is remembered
    memory    the folder in which the client remembers, made if needed
    paths     the targets to download

A result is `{"ok": {"targets": path -> text, "refused": path -> why}}`, or `{"error": why}` if the
top-level metadata is refused; and in either case `"versions"`, of what the client trusts then.
"""

import json
import sys
import tempfile
from pathlib import Path

from tuf.api.exceptions import DownloadError, DownloadHTTPError, RepositoryError
from tuf.api.metadata import Metadata
from tuf.ngclient import FetcherInterface, Updater

REFUSED = (DownloadError, RepositoryError)


class Folder(FetcherInterface):
    """Gives the files of a folder where another fetcher would ask a server."""

    def _fetch(self, url):
        try:
            return iter([Path(url).read_bytes()])
        except (FileNotFoundError, NotADirectoryError) as error:
            raise DownloadHTTPError("no such file", 404) from error


def why(error):
    return f"{type(error).__name__}: {error}"


def versions(memory):
    return {file.stem: Metadata.from_file(str(file)).signed.version for file in memory.glob("*.json")}


def load(job, downloads):
    memory = Path(job["memory"])
    memory.mkdir(parents=True, exist_ok=True)
    folder = Path(job["folder"])
    pin = Path(job["pin"]).read_bytes() if job["pin"] else None
    try:
        updater = Updater(
            str(memory), str(folder / "metadata"), downloads, str(folder / "targets"), Folder(), bootstrap=pin)
        updater.refresh()
    except REFUSED as error:
        return {"error": why(error), "versions": versions(memory)}
    targets, refused = {}, {}
    for path in job["paths"]:
        try:
            info = updater.get_targetinfo(path)
            if info is None:
                refused[path] = "not listed"
            else:
                targets[path] = Path(updater.download_target(info)).read_text(encoding="utf-8")
        except REFUSED as error:
            refused[path] = why(error)
    return {"ok": {"targets": targets, "refused": refused}, "versions": versions(memory)}


def results(jobs):
    for job in jobs:
        with tempfile.TemporaryDirectory() as downloads:
            yield load(job, downloads)


json.dump(list(results(json.load(sys.stdin))), sys.stdout)
