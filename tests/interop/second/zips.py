"""A ZIP writer that can be told to write wrong records, and a streaming one that writes data descriptors."""
import io
import struct
import zipfile
import zlib

DATE = (0 << 11 | 0 << 5, (2026 - 1980) << 9 | 11 << 5 | 23)


class Entry:
    def __init__(self, name, data, deflate=False, **changes):
        self.name, self.data, self.deflate = name, data, deflate
        self.flags = changes.get("flags", 0x0800)
        self.attributes = changes.get("attributes", 0)
        self.local_name = changes.get("local_name")
        self.crc = changes.get("crc")
        self.size = changes.get("size")             # of the central record
        self.local_size = changes.get("local_size")
        self.method = changes.get("method")
        self.body = changes.get("body")             # bytes in place of the compressed data
        self.made_by = changes.get("made_by", 3 << 8 | 20)


def write(entries, before=b"", after=b"", comment=b"", relative=True):
    """`relative` counts offsets from the start of the ZIP itself, as tools that prepend do not."""
    out, central = bytearray(before), bytearray()
    for e in entries:
        body = e.data
        if e.deflate:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            body = packer.compress(e.data) + packer.flush()
        body = e.body if e.body is not None else body
        method = e.method if e.method is not None else (8 if e.deflate else 0)
        crc = e.crc if e.crc is not None else zlib.crc32(e.data)
        size = e.size if e.size is not None else len(e.data)
        local_size = e.local_size if e.local_size is not None else size
        name, local_name = e.name.encode(), (e.local_name or e.name).encode()
        offset = len(out) if not relative else len(out) - len(before)
        out += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, e.flags, method, *DATE, crc, len(body), local_size, len(local_name), 0)
        out += local_name + body
        central += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, e.made_by, 20, e.flags, method, *DATE, crc, len(body), size,
                               len(name), 0, 0, 0, 0, e.attributes, offset) + name
    start = len(out) - (len(before) if relative else 0)
    out += central
    out += struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(entries), len(entries), len(central), start, len(comment)) + comment
    return bytes(out) + after


class _Pipe(io.RawIOBase):
    """Somewhere to write that cannot seek, so that `zipfile` must use data descriptors."""

    def __init__(self):
        self.parts = []

    def writable(self):
        return True

    def write(self, data):
        self.parts.append(bytes(data))
        return len(data)


def stream(entries, how=True):
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as out:
        for e in entries:
            info = zipfile.ZipInfo(e.name, (2026, 11, 23, 0, 0, 0))
            if how == "stamps":
                info.extra = struct.pack("<HHBI", 0x5455, 5, 1, 1795395600)
            info.compress_type = zipfile.ZIP_DEFLATED if e.deflate else zipfile.ZIP_STORED
            with out.open(info, "w", force_zip64=how == "zip64") as f:
                f.write(e.data)
    return b"".join(pipe.parts)
