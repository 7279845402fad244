"""Keys and compact JWS, with nothing hidden: a case may damage any part."""
import base64
import functools
import hashlib
import json

import sm2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

ORDER_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def dumps(value):
    """JSON as it is signed here: UTF-8, no spaces. A str is taken as ready-made JSON text."""
    if isinstance(value, (str, bytes)):
        return value.encode() if isinstance(value, str) else value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Key:
    """A key pair made from a name, so that every run writes the same files."""

    def __init__(self, name, alg):
        seed = hashlib.sha256(f"second {alg} {name}".encode()).digest()
        self.name, self.alg = name, alg
        if alg == "ES256":
            secret = int.from_bytes(seed, "big") % (ORDER_P256 - 1) + 1
            self.private = ec.derive_private_key(secret, ec.SECP256R1())
            point = self.private.public_key().public_numbers()
            self.jwk = {"kty": "EC", "crv": "P-256", "x": b64(point.x.to_bytes(32, "big")), "y": b64(point.y.to_bytes(32, "big"))}
        elif alg == "SM2-SM3":
            self.private = sm2.Secret(seed)
            x, y = self.private.public
            self.jwk = {"kty": "EC", "crv": "SM2", "x": b64(x.to_bytes(32, "big")), "y": b64(y.to_bytes(32, "big"))}
        else:
            self.private = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
            self.jwk = {"kty": "OKP", "crv": "Ed25519", "x": b64(self.raw_public())}

    def raw_public(self):
        return self.private.public_key().public_bytes_raw()

    @property
    def kid(self):
        return thumbprint(self.jwk)

    def sign(self, message):
        if self.alg == "ES256":
            der = self.private.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
            r, s = decode_dss_signature(der)
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return self.private.sign(message)


@functools.cache
def key(name, alg="ES256"):
    return Key(name, alg)


def thumbprint(jwk):
    """RFC 7638."""
    members = {name: jwk[name] for name in ("crv", "kty", "x", "y") if name in jwk}
    text = json.dumps(members, sort_keys=True, separators=(",", ":"))
    return b64(hashlib.sha256(text.encode()).digest())


def header(signer, usual, **changes):
    """The header of formats.md with its usual `typ`; a change to None leaves the member out."""
    members = {"alg": signer.alg, "typ": usual, "kid": signer.kid} | changes
    return {name: value for name, value in members.items() if value is not None}


def jws(signer, head, payload):
    signed = f"{b64(dumps(head))}.{b64(dumps(payload))}"
    return f"{signed}.{b64(signer.sign(signed.encode()))}"


def payload_of(token):
    return json.loads(unb64(token.split(".")[1]))


def flip_signature(token):
    """The same token with one bit of its signature turned over."""
    head, _, signature = token.rpartition(".")
    raw = bytearray(unb64(signature))
    raw[10] ^= 1
    return f"{head}.{b64(bytes(raw))}"
