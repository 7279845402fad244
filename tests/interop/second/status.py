"""Token Status List, JWT form."""
import hashlib
import zlib

from jose import b64, header, jws


class StatusList:
    def __init__(self, uri, signer, iat, bits=2, size=64):
        self.uri, self.signer, self.iat, self.bits, self.size = uri, signer, iat, bits, size
        self.exp, self.ttl = iat + 30 * 86400, 86400
        self.values = {}
        self.head, self.changes = {}, {}
        self.lst = None                 # ready-made `lst`
        self.on_token = None
        self.absent = False

    def packed(self):
        raw = bytearray(self.size * self.bits // 8)
        for index, value in self.values.items():
            raw[index * self.bits // 8] |= value << (index * self.bits % 8)
        return bytes(raw)

    def token(self):
        lst = self.lst if self.lst is not None else b64(zlib.compress(self.packed(), 9))
        payload = {"sub": self.uri, "iat": self.iat, "exp": self.exp, "ttl": self.ttl,
                   "status_list": {"bits": self.bits, "lst": lst}} | self.changes
        payload = {k: v for k, v in payload.items() if v is not None}
        token = jws(self.signer, header(self.signer, "statuslist+jwt", **self.head), payload)
        return self.on_token(token) if self.on_token else token

    def path(self):
        return f"status/{hashlib.sha256(self.uri.encode()).hexdigest()}.jwt"
