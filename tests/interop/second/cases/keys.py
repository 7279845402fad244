"""Signatures of credentials, the keys behind them, and who may sign what."""
import json

from jose import b64, flip_signature, key, unb64
from world import DESTINATION, INCUBATOR, at, shanghai, urn

from .case import conditional, failed, passed, pending, sets

IAT = at("2026-10-01T09:00:00+08:00")
STALE = sets("tuf.expires.timestamp", "2026-11-20T00:00:00Z")


def listed(**members):
    """Changes the record of the key that signs credentials."""
    return lambda w: w.issuers[INCUBATOR]["keys"][0].update(members)


def head(**members):
    return lambda w: w.cred.head.update(members)


def signer(name):
    return lambda w: setattr(w.cred, "signer", key(name))


def forged(w):
    w.cred.signer = key("forger")
    w.cred.head["kid"] = w.incubator.kid


def tampered(jwt):
    """The payload says another region; the signature is the old one."""
    h, p, s = jwt.split(".")
    payload = json.loads(unb64(p))
    payload["region"] = "340111"
    return f"{h}.{b64(json.dumps(payload).encode())}.{s}"


def optional_tampered(w):
    w.optional()
    w.cred.on_issuer_jwt = flip_signature


WEAK = {"kty": "OKP", "crv": "Ed25519", "x": b64(b"\x01" + bytes(31))}


def weak_issuer(w):
    w.issuers[INCUBATOR]["keys"][0]["jwk"] = WEAK


def scope(*entries):
    return lambda w: w.issuers[INCUBATOR].update(may_issue=[{"type": t, "provenance": list(p)} for t, *p in entries])


CASES = [
    passed("key ended since, iat inside its validity", listed(valid_until="2026-11-01T00:00:00+08:00"), codes="SIG-KEY-HISTORICAL=info"),
    passed("iat is the key's last second", listed(valid_until=shanghai(IAT)), codes="SIG-KEY-HISTORICAL"),
    failed("iat a second after the key's end", "SIG-KEY-EXPIRED=fail", listed(valid_until=shanghai(IAT - 1))),
    passed("iat is the key's first second", listed(valid_from=shanghai(IAT))),
    failed("iat a second before the key's start", "SIG-KEY-NOT-YET=fail", listed(valid_from=shanghai(IAT + 1))),
    pending("key revoked a second after iat", "SIG-KEY-REVOKED=pending", listed(revoked_at=shanghai(IAT + 1), revoked_reason="lost")),
    failed("key revoked at iat", "SIG-KEY-REVOKED=fail", listed(revoked_at=shanghai(IAT), revoked_reason="lost")),
    failed("key revoked before iat", "SIG-KEY-REVOKED=fail", listed(revoked_at=shanghai(IAT - 86400), revoked_reason="lost")),
    conditional("key revoked since, optional item", "SIG-KEY-REVOKED", lambda w: other_signer(w), listed(revoked_at=shanghai(IAT + 1))),
    failed("key revoked before iat, optional item", "SIG-KEY-REVOKED", lambda w: other_signer(w), listed(revoked_at=shanghai(IAT))),
    failed("kid nobody lists", "SIG-UNKNOWN-KEY=fail", signer("stranger")),
    pending("kid nobody lists, stale trust data", "SIG-UNKNOWN-KEY=pending TRUST-STALE", signer("stranger"), STALE),
    failed("another key under the right kid", "SIG-INVALID=fail", forged),
    failed("signature with one bit changed", "SIG-INVALID", sets("cred.on_issuer_jwt", flip_signature)),
    failed("payload changed after signing", "SIG-INVALID", sets("cred.on_issuer_jwt", tampered)),
    failed("signature broken, stale trust data", "SIG-INVALID TRUST-STALE", sets("cred.on_issuer_jwt", flip_signature), STALE),
    failed("signature broken, optional item", "SIG-INVALID", optional_tampered),
    failed("header says EdDSA, the key is P-256", "SIG-ALG=fail", head(alg="EdDSA")),
    failed("header says ES256, the key is Ed25519", "SIG-ALG", head(alg="ES256"), world={"alg": "EdDSA"}),
    failed("header says none", "SIG-ALG", head(alg="none")),
    failed("header says HS256", "SIG-ALG", head(alg="HS256")),
    failed("typ JWT", "SIG-TYP=fail", head(typ="JWT")),
    failed("no typ", "SIG-TYP", head(typ=None)),
    failed("unknown crit", "SIG-CRIT=fail", head(crit=["http://example/x"], **{"http://example/x": 1})),
    passed("a jwk in the header is not looked at", head(jwk=key("stranger").jwk)),
    failed("a jwk in the header is not trusted", "SIG-UNKNOWN-KEY", signer("stranger"), head(jwk=key("stranger").jwk)),
    failed("signed with the key for lists", "SIG-USE=fail", signer("incubator lists")),
    failed("small-order key in the register", "KEY-WEAK=fail", weak_issuer, head(kid="thumb", alg="EdDSA"), lambda w: weak_kid(w)),
    failed("issuer not in the register", "ISS-UNKNOWN=fail STAT-MISSING", lambda w: w.issuers.pop(INCUBATOR)),
    pending("issuer not in the register, stale trust data", "ISS-UNKNOWN=pending TRUST-STALE STAT-MISSING", lambda w: w.issuers.pop(INCUBATOR), STALE),
    failed("signed by another listed issuer's key", "SIG-UNKNOWN-KEY", signer("destination")),
    failed("type outside may_issue", "ISS-SCOPE=fail", scope(("high-tech-enterprise", "attested"))),
    failed("provenance outside may_issue", "ISS-SCOPE", scope(("incubatee-certificate", "attested"))),
    failed("direct where only attested is allowed", "ISS-SCOPE", lambda w: w.with_high_tech(provenance="direct")),
    failed("nothing may be issued", "ISS-SCOPE", scope()),
    conditional("outside may_issue, optional item", "ISS-SCOPE", lambda w: w.optional(), scope(("high-tech-enterprise", "attested"))),
    failed("declared, but of another firm", "SDJWT-INVALID", lambda w: w.cred.claims.update(provenance="declared")),
    failed("iss is no organisation", "FMT-USCC=fail STAT-MISSING", lambda w: w.cred.claims.update(iss="https://issuer.example")),
]


def weak_kid(w):
    from jose import thumbprint
    w.cred.head["kid"] = thumbprint(WEAK)


def other_signer(w):
    """The optional item's credential stays with the key in question; the required one gets another."""
    from world import register_key
    w.optional()
    w.creds[1].signer = key("incubator second")
    w.issuers[INCUBATOR]["keys"].append(register_key(key("incubator second"), "credential"))
