"""Dossiers in order, in every shape the formats page allows."""
from world import DAY, NOW, item, dcql, equivalence, register_key
from jose import key

from .case import conditional, passed, sets


def scenario(name):
    def change(w):
        w.request["scenario"] = name
        w.manifest["scenario"] = name
        w.equivalences[0]["scenarios"] = [name]
        w.on_pack = lambda pack: pack | {"checklists": [pack["checklists"][0] | {"scenario": name}]}
    return change


def patent(w):
    w.want("patent", "patent")
    w.add(w.claims("patent", number="ZL202419900001.2", issued_on="2025-08-01", kind="发明", title="量子磁力仪",
                   owners=["合肥星河量子传感技术有限公司【演示】", "合作单位【演示】"], filed_on="2024-05-06", granted_on="2025-08-01"), "patent")


def declared(w):
    w.want("round", "financing-event")
    return w.add(w.claims("financing-event", "declared", round="天使轮", date="2025-08-12", amount_fen=600000000, investor="某基金【演示】"), "round")


def either(w, any_, *kinds, credential=False):
    """An item that takes an attachment, or a credential, or both."""
    evidence = {"attachment_kinds": ["lease"]} | ({"any": any_} if any_ is not None else {})
    if credential:
        evidence["dcql"] = dcql("high-tech-enterprise")
    w.items.append(item("place", evidence))
    for kind in kinds:
        w.attach(kind.encode(), kind, "place")


def both(w):
    either(w, False, "lease", credential=True)
    w.equivalences.append(equivalence("SJ-H", "high-tech-enterprise"))
    w.add(w.high_tech(), "place")


def short_lived(life):
    def change(w):
        w.cred.claims.pop("status")
        w.cred.claims["iat"] = NOW - 7200
        w.cred.claims["exp"] = NOW - 7200 + life
    return change


def recursive(w):
    patent(w)
    w.cred.recursive = w.creds[1].recursive = True


def rotated(w):
    w.tuf.root_versions = 3
    w.tuf.versions |= {"targets": 5, "snapshot": 9, "timestamp": 12, "34": 4, "31": 2}


CASES = [
    passed("ES256 throughout"),
    passed("EdDSA throughout", world={"alg": "EdDSA"}),
    passed("ES256 issuer, EdDSA holder", world={"holder_alg": "EdDSA"}),
    passed("EdDSA issuer, ES256 holder", world={"alg": "EdDSA", "holder_alg": "ES256"}),
    passed("trust metadata signed with ECDSA P-256", world={"tuf_alg": "ES256"}),
    passed("trust data in a folder", sets("container", "folder")),
    passed("a rotated root and later versions", rotated),
    passed("trust metadata without lengths and hashes", sets("tuf.meta_digests", False)),
    passed("RFC 9864 name of the algorithm", lambda w: w.cred.head.update(alg="Ed25519"), world={"alg": "EdDSA"}),
    passed("typ vc+sd-jwt is read", lambda w: w.cred.head.update(typ="vc+sd-jwt")),
    passed("deflated entries", sets("deflate", True)),
    passed("streamed, with data descriptors", sets("streamed", True)),
    passed("streamed and deflated", sets("streamed", True), sets("deflate", True)),
    passed("extra fields with time stamps", lambda w: setattr(w, "streamed", "stamps")),
    passed("nobody asked for it", sets("request", None), codes="UNSOLICITED=info"),
    passed("no verifying organisation", sets("as_", None), codes="AUD-UNCHECKED=info"),
    passed("request for this very firm", lambda w: w.request.update({"for": "urn:uscc:91340100DEM000014D"})),
    passed("objects and arrays hidden recursively", recursive),
    passed("an array disclosed by element", patent),
    passed("one array element withheld", patent, lambda w: w.creds[1].withhold.add("owners.1")),
    passed("decoys", sets("cred.decoys", 7)),
    passed("only the number disclosed", lambda w: w.cred.withhold.update(
        {"area_sqm", "site_address", "agreement_no", "field", "rd_on_site", "incubator_level"})),
    passed("attested by the incubator", lambda w: w.want("tsme", "tech-contract-registration"), lambda w: w.add(w.claims(
        "tech-contract-registration", number="2026340104990001", kind="技术开发", issued_on="2026-05-01", amount_fen=12000000), "tsme")),
    passed("declared by the firm itself", declared),
    passed("mode direct", lambda w: w.equivalences[0].update(mode="direct")),
    *(passed(f"scenario {name}", scenario(name)) for name in ("full_relocation", "voucher_redemption", "financing")),
    *(passed(f"from {pattern}", lambda w, pattern=pattern: w.equivalences[0].update(from_regions=[pattern]))
      for pattern in ("*", "yrd", "g60", "3401", "340104")),
    passed("region group demo-zone does not cover Songjiang but g60 does", lambda w: w.equivalences[0].update(to_regions=["demo-zone", "g60"])),
    passed("an item answered by an attachment", lambda w: either(w, None, "lease")),
    passed("any: attachment alone", lambda w: either(w, True, "lease", credential=True)),
    passed("all: attachment and credential", both),
    passed("an attachment nobody asks for", lambda w: w.attach(b"photo", "photo")),
    passed("an empty attachment", lambda w: w.attach(b"", "photo")),
    passed("item asked for and answered: when is true", lambda w: either(w, None, "lease"), lambda w: w.items[1].update(
        required="when", when={"===": [{"var": "scenario"}, "branch_operation"]})),
    *(passed(f"status list of {bits} bits", sets("list_.bits", bits)) for bits in (1, 4, 8)),
    passed("last index of the list", sets("cred.claims.status", {"status_list": {"uri": "https://status.example/hefei/1", "idx": 63}})),
    passed("no status, a life of 24 hours", short_lived(DAY)),
    passed("the list's key is listed with two uses", lambda w: w.issuers["91340100DEM0000228"].update(
        keys=[register_key(w.incubator, "credential", "status")]), lambda w: setattr(w.list_, "signer", w.incubator)),
    passed("status list without ttl", lambda w: w.list_.changes.update(ttl=None)),
    passed("KB-JWT with a kid and extra members", lambda w: w.cred.kb.update(note="x"), lambda w: w.cred.kb_head.update(kid=w.firm_key.kid)),

]

