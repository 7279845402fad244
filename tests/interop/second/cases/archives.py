"""The ZIP itself (formats.md §5)."""
import os

import zips
from zips import Entry

from .case import conditional, failed, passed, pending, sets, unusable

MIB = 1 << 20


def entries(change):
    return lambda w: setattr(w, "on_entries", change)


def extra(name, data=b"x", **more):
    return entries(lambda e: [*e, Entry(name, data, **more)])


def alter(index, **members):
    def change(e):
        for name, value in members.items():
            setattr(e[index], name, value)
    return entries(change)


def swap(a, b):
    def change(e):
        e[a], e[b] = e[b], e[a]
    return entries(change)


def whole(change):
    return lambda w: setattr(w, "on_file", change)


def attached(size, deflate=False):
    def change(w):
        w.attach(bytes(size), "photo")
        w.on_entries = lambda e: setattr(e[-1], "deflate", deflate)
    return change


def many(total):
    """Attachments until the archive has that many entries."""
    return lambda w: [w.attach(b"%d" % n, "photo") for n in range(total - 3)]


def sparse(dossier, trust):
    os.truncate(dossier, 513 * MIB)


def removed(dossier, trust):
    os.remove(dossier)


CASES = [
    failed("mimetype absent", "ZIP-MIMETYPE=fail", entries(lambda e: e[1:])),
    failed("mimetype compressed", "ZIP-MIMETYPE", alter(0, deflate=True)),
    failed("mimetype of another format", "ZIP-MIMETYPE", alter(0, data=b"application/epub+zip")),
    failed("mimetype with a line end", "ZIP-MIMETYPE", alter(0, data=b"application/vnd.zizhitong.dossier+zip\n")),
    failed("mimetype second", "ZIP-ORDER=fail", swap(0, 1)),
    failed("manifest after the credentials", "ZIP-ORDER", swap(1, 2)),
    failed("an attachment before a credential", "ZIP-ORDER", lambda w: w.attach(b"x", "photo"), swap(2, 3)),
    failed("an entry nobody lists", "ZIP-EXTRA=fail", extra("readme.txt")),
    failed("an attachment nobody lists", "ZIP-EXTRA", extra("attachments/" + "0" * 64)),
    failed("an entry for a folder", "ZIP-EXTRA", entries(lambda e: [*e[:2], Entry("credentials/", b""), *e[2:]])),
    failed("a listed credential absent", "ZIP-MISSING=fail", entries(lambda e: e[:2])),
    failed("a listed attachment absent", "ZIP-MISSING", lambda w: w.attach(b"x", "photo"), entries(lambda e: e[:3])),
    failed("no manifest", "ZIP-MISSING", entries(lambda e: [e[0], e[2]])),
    *(failed(f"path {name}", "ZIP-PATH=fail ZIP-EXTRA", extra(name)) for name in ("../evil", "/etc/evil", "attachments/../../evil", "a\\b", "C:/evil", "a//b", "./a")),
    failed("a name twice", "ZIP-DUP=fail", entries(lambda e: [*e, Entry(e[2].name, e[2].data)])),
    failed("a symlink", "ZIP-SYMLINK=fail", alter(2, attributes=0o120777 << 16)),
    failed("an encrypted entry", "ZIP-ENCRYPTED=fail", alter(2, flags=0x0801)),
    failed("bytes before, offsets of the ZIP alone", "ZIP-PREPENDED=fail", sets("write", {"before": b"MZ" * 40})),
    failed("bytes before, offsets of the whole file", "ZIP-PREPENDED", sets("write", {"before": b"MZ" * 40, "relative": False})),
    failed("bytes after", "ZIP-TRAILING=fail", sets("write", {"after": b"more"})),
    failed("a comment", "ZIP-TRAILING", sets("write", {"comment": b"hello"})),
    failed("local name differs", "ZIP-MISMATCH=fail", alter(2, local_name="credentials/002.sdjwt")),
    failed("local size differs", "ZIP-MISMATCH", alter(2, local_size=7)),
    failed("checksum wrong", "ZIP-CORRUPT=fail", alter(2, crc=7)),
    failed("compressed data are no deflate", "ZIP-CORRUPT HASH-CREDENTIAL SDJWT-INVALID", alter(2, method=8, body=b"\xff" * 50)),
    failed("method bzip2", "ZIP-CORRUPT", alter(2, method=12)),
    failed("ZIP64, which no limit needs", "ZIP-CORRUPT=fail ZIP-MISMATCH", sets("streamed", "zip64")),
    failed("cut in half", "ZIP-CORRUPT", whole(lambda b: b[:len(b) // 2])),
    failed("last byte missing", "ZIP-CORRUPT", whole(lambda b: b[:-1])),
    failed("empty file", "ZIP-CORRUPT", whole(lambda _: b"")),
    failed("zeros", "ZIP-CORRUPT", whole(lambda _: bytes(4096))),
    failed("arbitrary bytes", "ZIP-CORRUPT", whole(lambda _: bytes((i * 97 + i // 251) % 256 for i in range(9000)))),
    failed("a text file", "ZIP-CORRUPT", whole(lambda _: "你好".encode())),
    failed("an empty ZIP", "ZIP-MIMETYPE ZIP-MISSING", entries(lambda e: []) , whole(lambda _: zips.write([]))),
    failed("ratio above 200", "LIMIT-RATIO=fail", attached(4 * MIB, deflate=True)),
    passed("2 000 entries", many(2000)),
    failed("2 001 entries", "LIMIT-COUNT=fail", many(2001)),
    passed("entry of 200 MiB", attached(200 * MIB)),
    failed("entry of 200 MiB and a byte", "LIMIT-SIZE=fail", attached(200 * MIB + 1)),
    failed("file of 513 MiB", "LIMIT-SIZE", files=[sparse]),
    failed("manifest above 4 MiB", "LIMIT-SIZE", lambda w: w.manifest.update(facts={"x": "a" * (3 * MIB + MIB // 4)})),
    unusable("no such file", files=[removed]),
    unusable("no such trust data", files=[lambda d, t: (d, t + ".absent")]),
    unusable("time that is none", sets("arguments", ["--at", "yesterday"])),
    unusable("--as with a wrong check character", sets("as_", "91310117DEM000030C")),
]
