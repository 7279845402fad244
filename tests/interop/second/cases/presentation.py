"""SD-JWT rules (RFC 9901 §7), key binding, holder and subject."""
import json

from jose import b64, flip_signature, key, unb64
from sdjwt import digest
from world import ANSWERED, FIRM, NOW, OTHER_FIRM, URI, at, urn

from .case import conditional, failed, passed, pending, sets


def payload(change):
    """Changes the issuer's payload (and the disclosures) before it is signed."""
    return lambda w: setattr(w.cred, "on_payload", change)


def disclosures(change):
    return lambda w: setattr(w.cred, "on_disclosures", change)


def kb(**members):
    return lambda w: w.cred.kb.update(members)


def added(parts, where="_sd"):
    """One more disclosure, referenced from the payload."""
    def change(payload, made):
        text = b64(parts if isinstance(parts, bytes) else json.dumps(parts).encode())
        made.append(("added", text))
        payload[where].append(digest(text))
    return change


def twice(payload, made):
    payload["_sd"].append(payload["_sd"][0])


def same_salt(payload, made):
    salt = json.loads(unb64(made[0][1]))[0]
    added([salt, "extra", 1])(payload, made)


def in_two_places(payload, made):
    payload["other"] = {"_sd": [payload["_sd"][0]]}


def below(payload, made):
    payload["other"] = {"_sd_alg": "sha-256"}


def bad(name, *changes):
    return failed(name, "SDJWT-INVALID=fail", *changes)


def without_kb(text):
    return text[:text.rindex("~") + 1]


def other_presentation(text):
    """The KB-JWT stays, one disclosure is taken away."""
    parts = text.split("~")
    return "~".join([parts[0], *parts[2:]])


CASES = [
    bad("the same digest twice", payload(twice)),
    bad("the same digest in two places", payload(in_two_places)),
    bad("the same disclosure twice", disclosures(lambda d: d + d[:1])),
    bad("the same salt twice", payload(same_salt)),
    bad("a disclosure nothing refers to", disclosures(lambda d: d + [b64(b'["c2FsdHNhbHRzYWx0c2FsdHM","extra",1]')])),
    bad("a disclosure called _sd", payload(added(["c2FsdHNhbHRzYWx0c2FsdHM", "_sd", ["x"]]))),
    bad("a disclosure called ...", payload(added(["c2FsdHNhbHRzYWx0c2FsdHM", "...", "x"]))),
    bad("a disclosure that shadows a visible claim", payload(added(["c2FsdHNhbHRzYWx0c2FsdHM", "region", "310117"]))),
    bad("a disclosure of four elements", payload(added(["c2FsdHNhbHRzYWx0c2FsdHM", "x", 1, 2]))),
    bad("an array element's disclosure among the members", payload(added(["c2FsdHNhbHRzYWx0c2FsdHM", 1]))),
    bad("a disclosure whose name is no string", payload(added(["c2FsdHNhbHRzYWx0c2FsdHM", 7, 1]))),
    bad("a disclosure that is no JSON", payload(added(b"hello"))),
    bad("a disclosure that is no base64url", disclosures(lambda d: d + ["a+b/c="])),
    bad("_sd_alg below the top", payload(below)),
    bad("_sd_alg nobody knows", payload(lambda p, _: p.update(_sd_alg="sha-1"))),
    bad("_sd is no array", payload(lambda p, _: p.update(_sd="x"))),
    bad("a digest that is no string", payload(lambda p, _: p["_sd"].append(7))),
    bad("a salt of 64 bits", payload(added([b64(bytes(8)), "extra", 1]))),
    passed("an extra claim nobody defined", payload(added(["c2FsdHNhbHRzYWx0c2FsdHM", "extra", 1]))),
    passed("no _sd_alg means sha-256", payload(lambda p, _: p.pop("_sd_alg"))),
    bad("no vct", payload(lambda p, _: p.pop("vct"))),
    bad("no iat", payload(lambda p, _: p.pop("iat"))),
    bad("no provenance", payload(lambda p, _: p.pop("provenance"))),
    bad("an unknown provenance", payload(lambda p, _: p.update(provenance="hearsay"))),
    bad("iss can be disclosed only", payload(lambda p, m: (p.pop("iss"), added(["c2FsdHNhbHRzYWx0c2FsdHM", "iss", urn("91340100DEM0000228")])(p, m)))),
    failed("a float in the payload", "FMT-JSON=fail", payload(lambda p, _: p.update(area=2.5))),
    failed("a float in a disclosure", "FMT-JSON", payload(added(b'["c2FsdHNhbHRzYWx0c2FsdHM","extra",1.5]'))),
    failed("a string outside form C in a disclosure", "FMT-JSON", payload(added('["c2FsdHNhbHRzYWx0c2FsdHM","extra","e\u0301"]'.encode()))),
    failed("a key twice in a disclosure", "FMT-JSON", payload(added(b'["c2FsdHNhbHRzYWx0c2FsdHM","extra",{"a":1,"a":2}]'))),
    failed("33 levels in a disclosure", "LIMIT-DEPTH=fail", payload(added(b'["c2FsdHNhbHRzYWx0c2FsdHM","extra",' + b"[" * 32 + b"]" * 32 + b"]"))),
    failed("513 disclosures", "LIMIT-COUNT=fail", payload(lambda p, m: [added([b64(f"salt{n:012}".encode()), f"x{n}", n])(p, m) for n in range(513 - len(m))])),
    passed("512 disclosures", payload(lambda p, m: [added([b64(f"salt{n:012}".encode()), f"x{n}", n])(p, m) for n in range(512 - len(m))])),
    failed("no key binding", "KB-MISSING=fail", sets("cred.kb_absent", True)),
    failed("aud is another organisation", "KB-AUD=fail", kb(aud=urn(OTHER_FIRM))),
    failed("nonce is another", "KB-NONCE=fail", kb(nonce="other")),
    failed("no nonce", "KB-NONCE", kb(nonce=None)),
    failed("sd_hash is another", "KB-SDHASH=fail", kb(sd_hash=b64(bytes(32)))),
    failed("a disclosure taken away after binding", "KB-SDHASH", sets("cred.on_presentation", other_presentation)),
    passed("KB iat 5 minutes before the manifest's", kb(iat=ANSWERED - 300)),
    passed("KB iat 5 minutes after the manifest's", kb(iat=ANSWERED + 300)),
    failed("KB iat 5 minutes and a second before", "KB-TIME=fail", kb(iat=ANSWERED - 301)),
    failed("KB iat 5 minutes and a second after", "KB-TIME", kb(iat=ANSWERED + 301)),
    failed("KB iat before the credential's", "KB-TIME", lambda w: w.cred.claims.update(iat=ANSWERED + 10)),
    passed("KB iat in the future within the skew", lambda w: w.manifest.update(iat=NOW + 200), kb(iat=NOW + 300)),
    failed("KB iat in the future beyond the skew", "KB-TIME", lambda w: w.manifest.update(iat=NOW + 200), kb(iat=NOW + 301)),
    failed("KB typ JWT", "SIG-TYP=fail", lambda w: w.cred.kb_head.update(typ="JWT")),
    failed("KB signature broken", "SIG-INVALID=fail", sets("cred.on_presentation", flip_signature)),
    failed("KB alg none", "SIG-ALG=fail", lambda w: w.cred.kb_head.update(alg="none")),
    failed("KB signed by another key", "SIG-INVALID", sets("cred.kb_signer", key("thief"))),
    failed("several KB defects at once", "KB-AUD KB-NONCE KB-TIME", kb(aud="x", nonce="y", iat=ANSWERED - 4000)),
    failed("another holder's credential", "HOLDER-KEY=fail", lambda w: (setattr(w.cred, "holder", key("thief")), w.cred.claims.update(cnf={"jwk": key("thief").jwk}))),
    failed("another subject", "SUBJ-USCC=fail", lambda w: w.cred.claims.update(sub=urn(OTHER_FIRM))),
    failed("another subject, optional item", "SUBJ-USCC", lambda w: w.optional(), lambda w: w.cred.claims.update(sub=urn(OTHER_FIRM))),
    failed("no key binding, optional item", "KB-MISSING", lambda w: w.optional(), sets("cred.kb_absent", True)),
    failed("another presentation, optional item", "KB-SDHASH", lambda w: w.optional(), kb(sd_hash=b64(bytes(32)))),
    failed("sub has a wrong check character", "FMT-USCC=fail SUBJ-USCC=fail", lambda w: w.cred.claims.update(sub="urn:uscc:91340100DEM000014E")),
    conditional("an old name nobody explains", "SUBJ-NAME=warning", lambda w: w.cred.claims.update(name="合肥旧名科技有限公司【演示】")),
    passed("an old name the chain explains", lambda w: w.cred.claims.update(name="合肥旧名科技有限公司【演示】"), lambda w: renamed(w), codes="SUBJ-NAME=info"),
    failed("issuer JWT of two parts", "SDJWT-INVALID", sets("cred.on_issuer_jwt", lambda t: t.rpartition(".")[0])),
    failed("presentation is garbage", "SDJWT-INVALID", sets("cred.on_presentation", lambda _: "hello")),
    failed("presentation is empty", "SDJWT-INVALID", sets("cred.on_presentation", lambda _: "")),
    failed("KB-JWT cut off, tilde left", "KB-MISSING", sets("cred.on_presentation", without_kb)),
]


def renamed(w):
    proof = w.attach(b"notice", "name_change_notice")
    w.on_manifest = lambda m: m["firm"].update(former_names=[{"name": "合肥旧名科技有限公司【演示】", "until": "2026-10-20", "evidence": proof["path"]}])
