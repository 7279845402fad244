"""Manifest, request and what the manifest lists."""
import hashlib
import json

from jose import b64, dumps, flip_signature, key
from world import ANSWERED, BRANCH, DESTINATION, FIRM, INCUBATOR, NOW, OTHER_FIRM, register_key, urn

from .case import conditional, failed, passed, pending, sets


def manifest(**members):
    return lambda w: w.manifest.update(members)


def head(**members):
    return lambda w: w.manifest_head.update(members)


def request(**members):
    return lambda w: w.request.update(members)


def entry(**members):
    return lambda w: w.cred.entry.update(members)


def raw(change):
    """The manifest's JSON text, rewritten before it is signed."""
    return lambda w: setattr(w, "on_manifest", lambda m: change(dumps(m)))


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return {"x": value}


def attachment(**members):
    return lambda w: w.attach(b"photo", "photo").update(members)


def by_incubator(w):
    """The request comes from the incubator, properly signed."""
    w.issuers[INCUBATOR]["keys"].append(register_key(key("incubator desk"), "request"))
    w.request_signer = key("incubator desk")
    w.request["iss"] = urn(INCUBATOR)


def weak(w):
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": b64(b"\x01" + bytes(31))}
    w.manifest["cnf"] = {"jwk": jwk}


def branch(licence=True):
    """A credential of the Songjiang branch; a licence names the parent."""
    def change(w):
        w.cred.claims["sub"] = urn(BRANCH)
        w.manifest["facts"] = {"related": [{"uscc": BRANCH, "name": "合肥星河量子传感技术有限公司上海分公司【演示】", "relation": "branch"}]}
        if licence:
            w.add(w.claims("branch-licence", sub=urn(BRANCH), number=BRANCH, parent_uscc=FIRM, issued_on="2026-10-12", name="合肥星河量子传感技术有限公司上海分公司【演示】"), "licence")
            w.cred.claims["name"] = "合肥星河量子传感技术有限公司上海分公司【演示】"
    return change


HEX = hashlib.sha256(b"photo").hexdigest()

CASES = [
    failed("signature broken", "SIG-INVALID=fail", sets("on_manifest_jws", flip_signature)),
    failed("signed by another key", "SIG-INVALID", lambda w: setattr(w, "manifest_signer", key("thief")), lambda w: w.manifest_head.update(kid=w.firm_key.kid)),
    failed("typ JWT", "SIG-TYP=fail", head(typ="JWT")),
    failed("no typ", "SIG-TYP", head(typ=None)),
    failed("alg none", "SIG-ALG=fail", head(alg="none")),
    failed("alg of another key", "SIG-ALG", head(alg="EdDSA")),
    failed("unknown crit", "SIG-CRIT=fail", head(crit=["x"], x=1)),
    failed("weak firm key", "KEY-WEAK=fail", weak, head(alg="EdDSA", kid=None)),
    failed("a key twice", "FMT-JSON=fail", raw(lambda t: b'{"aud":"x",' + t[1:])),
    failed("a float", "FMT-JSON", manifest(facts={"share": 0.6})),
    failed("an exponent", "FMT-JSON", raw(lambda t: t.replace(b'"facts":{}', b'"facts":{"x":1e3}'))),
    failed("a string outside form C", "FMT-JSON", manifest(facts={"x": "e\u0301"})),
    failed("a member's name outside form C", "FMT-JSON", manifest(facts={"e\u0301": 1})),
    failed("not JSON", "FMT-JSON", raw(lambda t: b"hello")),
    failed("not UTF-8", "FMT-JSON", raw(lambda t: t.replace(b'"facts":{}', b'"facts":{"x":"\xff"}'))),
    failed("no firm", "FMT-JSON", raw(lambda t: dumps({k: v for k, v in json.loads(t).items() if k != "firm"}))),
    passed("32 levels", manifest(facts=nested(30))),
    failed("33 levels", "LIMIT-DEPTH=fail", manifest(facts=nested(31))),
    failed("100 000 levels", "LIMIT-DEPTH", raw(lambda t: t.replace(b'"facts":{}', b'"facts":{"x":' + b"[" * 100000 + b"]" * 100000 + b"}"))),
    failed("not a JWS", "SIG-INVALID", sets("on_manifest_jws", lambda _: "hello")),
    failed("for another organisation", "AUD-MISMATCH=fail", sets("as_", INCUBATOR)),
    failed("aud is another organisation than the request's", "AUD-MISMATCH REQ-ISSUER", manifest(aud=urn(INCUBATOR))),
    failed("firm's code has a wrong check character", "FMT-USCC=fail", lambda w: setattr(w, "on_manifest", lambda m: m["firm"].update(uscc="91340100DEM000014E"))),
    failed("firm is not the manifest's iss", "SUBJ-USCC=fail", manifest(iss=urn(OTHER_FIRM))),
    failed("credential's digest differs", "HASH-CREDENTIAL=fail", entry(sha256=b64(bytes(32)))),
    failed("credential's digest differs, optional item", "HASH-CREDENTIAL", lambda w: w.optional(), entry(sha256=b64(bytes(32)))),
    failed("attachment's digest differs", "HASH-ATTACH=fail", attachment(sha256=b64(bytes(32)))),
    failed("attachment's size differs", "HASH-ATTACH", attachment(size=6)),
    failed("attachment's bytes differ", "HASH-ATTACH", attachment(data=b"phote", sha256=b64(hashlib.sha256(b"photo").digest()))),
    failed("attachment under another digest's name", "HASH-ATTACH", attachment(path="attachments/" + "0" * 64)),
    passed("two attachments, in the manifest's order", attachment(), lambda w: w.attach(b"another", "photo")),
    passed("answered a second before the request was over", request(exp=ANSWERED + 1)),
    failed("answered the second the request was over", "REQ-EXPIRED=fail", request(exp=ANSWERED)),
    passed("the request is over now, but was not when answered", request(exp=NOW - 1)),
    failed("request for another firm", "REQ-FIRM=fail", request(**{"for": urn(OTHER_FIRM)})),
    failed("request of another destination", "REQ-ISSUER=fail", by_incubator),
    failed("another nonce than the request's", "REQ-NONCE=fail", manifest(nonce="other")),
    failed("request: signature broken", "SIG-INVALID", sets("on_request", flip_signature)),
    failed("request: unknown key", "SIG-UNKNOWN-KEY", sets("request_signer", key("stranger"))),
    failed("request: key not for requests", "SIG-USE=fail", lambda w: w.issuers[DESTINATION]["keys"][0].update(use=["credential"])),
    failed("request: typ", "SIG-TYP", lambda w: w.request_head.update(typ="JWT")),
    failed("request: alg", "SIG-ALG", lambda w: w.request_head.update(alg="EdDSA")),
    failed("request: sender not in the register", "ISS-UNKNOWN", lambda w: w.issuers.pop(DESTINATION)),
    failed("request: key revoked before", "SIG-KEY-REVOKED=fail", lambda w: w.issuers[DESTINATION]["keys"][0].update(revoked_at="2026-11-01T00:00:00+08:00")),
    pending("request: key revoked since", "SIG-KEY-REVOKED=pending", lambda w: w.issuers[DESTINATION]["keys"][0].update(revoked_at="2026-11-22T00:00:00+08:00")),
    passed("request: key ended since", lambda w: w.issuers[DESTINATION]["keys"][0].update(valid_until="2026-11-22T00:00:00+08:00"), codes="SIG-KEY-HISTORICAL"),
    failed("request: float", "FMT-JSON", request(weight=1.5)),
    failed("asked about another checklist", "REQ-TERMS=fail", request(checklist_id="SJ-MOVE")),
    failed("asked about another scenario", "REQ-TERMS", request(scenario="financing")),
    failed("asked by another rule pack", "REQ-TERMS", request(rule_pack={"id": "sh-qingpu", "version": 1})),
    failed("the manifest's iat beyond the skew ahead", "DATE-FUTURE=fail KB-TIME", manifest(iat=NOW + 301)),
    passed("branch's credential with its licence", branch(), lambda w: w.want("licence", "branch-licence")),
    failed("branch's credential without a licence", "SUBJ-USCC", branch(False)),
]
