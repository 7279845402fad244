"""How differently two people may write what the page allows: members left out, null, or beyond what it names."""
import hashlib
import io
import zipfile

from jose import key
from world import BRANCH, DESTINATION, FIRM, INCUBATOR, item, register_key, urn

from .case import conditional, failed, passed, pending, sets
from .correct import declared, scenario
from .envelope import branch, head, manifest, request

SM2 = {"alg": "SM2-SM3"}
NO_MEMBERS = ("attachments", "facts", "consents")
NEEDED = ("iss", "aud", "iat", "jti", "nonce", "cnf", "scenario", "origin_region", "destination_region", "firm", "checklist_id", "rule_pack", "credentials")


def last(change):
    """The last word on the manifest's members."""
    return lambda w: setattr(w, "on_manifest", lambda m: change(m))


def without(*names):
    return last(lambda m: {k: v for k, v in m.items() if k not in names})


def nothing(*names):
    return last(lambda m: m | {name: None for name in names})


def listed(**members):
    return last(lambda m: m["credentials"][0].update(members))


def part(number, change):
    """One of the three parts of a JWS, rewritten as text; its signature then may not hold."""
    def rewrite(token):
        parts = token.split(".")
        parts[number] = change(parts[number])
        return ".".join(parts)
    return rewrite


def spare_bits(text):
    """Another spelling of the same 64 bytes: the last character carries bits that belong to nothing."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return text[:-1] + alphabet[alphabet.index(text[-1]) ^ 1]


def rule_of(**members):
    return lambda w: w.equivalences[0].update(members)


def bare_pack(w):
    """Everything that the page does not show to be needed is left out."""
    for name in ("scenarios", "maps_to", "valid_from", "valid_until", "demo", "basis"):
        w.equivalences[0].pop(name, None)
    for name in ("status_max_age_days", "trust_max_age_days", "valid_until"):
        w.pack.pop(name)
    w.items[0] = {"item_id": "incubatee", "title": {"zh": "在孵企业证明"}, "required": "yes", "evidence": w.items[0]["evidence"]}


def null_pack(w):
    """The same, with null."""
    w.equivalences[0] |= dict.fromkeys(("scenarios", "maps_to", "value_map", "conditions", "supplements", "basis", "valid_from", "valid_until", "demo"))
    w.pack |= dict.fromkeys(("status_max_age_days", "trust_max_age_days", "valid_until"))
    w.items[0] |= dict.fromkeys(("when", "provenance_min", "rules", "basis"))
    w.items[0]["evidence"] |= {"attachment_kinds": None, "any": None}


def condition(logic):
    return rule_of(conditions=[{"logic": logic}])


def says(path, value):
    return condition({"===": [{"var": path}, value]})


def named_before(w):
    w.on_manifest = lambda m: m["firm"].update(former_names=[{"name": "合肥旧名科技有限公司【演示】", "until": "2025-10-20", "evidence": None}])


def provinces(*wanted):
    """The trust data knows no other provinces; all four still sign root and targets."""
    def change(w):
        import tuf

        def top(signed):
            signed["delegations"]["roles"] = [r for r in signed["delegations"]["roles"] if r["name"] in wanted]
        w.tuf.on_signed |= {"targets": top, "snapshot": lambda s: [s["meta"].pop(f"{p}.json") for p in tuf.PROVINCES if p not in wanted]}
        w.tuf.absent |= {f"1.{p}.json" for p in tuf.PROVINCES if p not in wanted}
    return change


def strange(w):
    """Members that TUF lets a writer add, and another digest beside the one that is asked for."""
    def add(signed):
        signed["x-org-note"] = {"by": "distributor", "numbers": [1, 2]}
        for path, target in signed.get("targets", {}).items():
            target["custom"] = {"lang": "zh"}
            target["hashes"]["sha512"] = hashlib.sha512(w.tuf.targets[path]).hexdigest()
    w.tuf.on_signed |= {role: add for role in ("root", "timestamp", "snapshot", "targets", "31", "32", "33", "34")}


def with_folders(dossier, trust):
    """The package packed again as a tool does that writes an entry for every folder."""
    with zipfile.ZipFile(trust) as z:
        files = {name: z.read(name) for name in z.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for folder in ("metadata/", "status/", "targets/", "targets/issuers/", "targets/issuers/34/", "targets/rules/"):
            z.writestr(zipfile.ZipInfo(folder), b"")
        for name, data in files.items():
            z.writestr(name, data)
    with open(trust, "wb") as f:
        f.write(out.getvalue())


def few_members(w):
    """A register entry with nothing that may be left out."""
    for record in w.issuers.values():
        for name in ("former_names", "level", "seal_to"):
            record.pop(name)
        for listed in record["keys"]:
            for name in ("valid_until", "revoked_at", "revoked_reason"):
                listed.pop(name)


def more_members(w):
    for record in w.issuers.values():
        record |= {"website": "https://incubator.example", "level": None, "seal_to": None}
        for listed in record["keys"]:
            listed |= {"note": "x"}
            listed["jwk"] = listed["jwk"] | {"kid": "1", "alg": "ES256", "use": "sig"}


def self_issued(w, provenance="direct"):
    """A statement with a better provenance than its signer, the firm, can give."""
    w.cred.claims |= {"iss": urn(FIRM), "provenance": provenance}
    w.cred.signer = w.firm_key


def sm3(w):
    w.cred.hash = "sm3"


def supplement(w):
    w.equivalences[1]["supplements"] = [{"kind": "announcement", "title": {"zh": "异地搬迁公告"}}]


def partial(mode):
    def change(w):
        scenario("partial_relocation")(w)
        w.with_high_tech(mode=mode or "equivalent")
        w.equivalences[1]["scenarios"] = ["partial_relocation"]
        if mode is None:
            del w.equivalences[1]
    return change


def empty(w):
    w.creds, w.items = [], [item("x", {"attachment_kinds": ["lease"]}, "no")]


def forged(credential, w):
    credential.signer = key("stranger")
    credential.head["kid"] = w.firm_key.kid


def declared_alone(w):
    """Nothing but a statement of the firm; no pack either."""
    declared(w)
    w.creds, w.items = w.creds[1:], w.items[1:]
    w.pack = None


CASES = [
    passed("SM2 throughout", world=SM2),
    passed("SM2 issuer, ES256 holder", world=SM2 | {"holder_alg": "ES256"}),
    passed("ES256 issuer, SM2 holder", world={"holder_alg": "SM2-SM3"}),
    passed("SM2 and _sd_alg sm3", sm3, world=SM2),
    failed("_sd_alg sm3 beside ES256", "SDJWT-INVALID=fail", sm3),
    failed("SM2: payload changed after signing", "SIG-INVALID=fail", lambda w: setattr(w.cred, "signer", key("thief", "SM2-SM3")), lambda w: w.cred.head.update(kid=w.incubator.kid), world=SM2),
    failed("SM2: header says ES256", "SIG-ALG=fail", lambda w: w.cred.head.update(alg="ES256"), world=SM2),

    passed("manifest without optional members", without(*NO_MEMBERS)),
    passed("manifest with optional members null", nothing(*NO_MEMBERS)),
    passed("no request, said with null", sets("request", None), nothing("request"), codes="UNSOLICITED=info"),
    passed("no former names", last(lambda m: m["firm"].pop("former_names") or None)),
    passed("manifest with members nobody defined", last(lambda m: m.update(exp=1, note={"x": [1, None, True]}) or m["firm"].update(phone="138****0012"))),
    passed("a branch named by its code alone", branch(), lambda w: w.want("licence", "branch-licence"), lambda w: w.manifest.update(facts={"related": [BRANCH]})),
    passed("a branch and its parent named by URN", branch(), lambda w: w.want("licence", "branch-licence"), lambda w: w.manifest.update(
        facts={"related": [{"uscc": urn(BRANCH)}]}), lambda w: w.creds[1].claims.update(parent_uscc=urn(FIRM))),
    *(failed(f"manifest without {name}", "FMT-JSON=fail", without(name)) for name in NEEDED),
    passed("manifest header without kid", head(kid=None)),
    passed("manifest header with pointers to keys", head(jku="https://x.example", x5u="https://x.example", jwk={"kty": "EC"}, cty="json")),
    failed("typ in other letters", "SIG-TYP=fail", head(typ="Dossier+JWT")),
    failed("typ with application/", "SIG-TYP=fail", head(typ="application/dossier+jwt")),
    failed("an empty crit", "SIG-CRIT=fail", head(crit=[])),
    failed("manifest's signature padded", "SIG-INVALID=fail", sets("on_manifest_jws", part(2, lambda t: t + "=="))),
    failed("manifest's payload padded", "SIG-INVALID=fail", sets("on_manifest_jws", part(1, lambda t: t + "="))),
    failed("manifest's signature in another spelling", "SIG-INVALID=fail", sets("on_manifest_jws", part(2, spare_bits))),
    failed("manifest in four parts", "SIG-INVALID=fail", sets("on_manifest_jws", lambda t: t + ".x")),
    passed("type of the manifest with an underscore", listed(type="incubatee_certificate")),
    passed("type of the manifest as a whole vct", listed(type="urn:zizhitong:credential:incubatee-certificate:1")),
    passed("answers left out", lambda w: setattr(w, "on_manifest", lambda m: [entry.pop("answers") for entry in m["credentials"]] and None)),
    passed("no credentials, nothing required", empty, lambda w: w.attach(b"x", "lease")),
    conditional("no credentials, an optional item open", "CHK-MISSING=warning", empty),

    failed("a credential listed twice", "ZIP-DUP=fail", last(lambda m: m["credentials"].append(m["credentials"][0]))),
    failed("a credential listed under an unsafe path", "ZIP-PATH ZIP-MISSING ZIP-EXTRA", listed(path="../001.sdjwt")),
    failed("an attachment listed under capital letters", "ZIP-PATH=fail", lambda w: w.attach(b"photo", "photo"), lambda w: w.attachments[0].update(path=w.attachments[0]["path"].upper().replace("ATT", "att").replace("ACHMENTS", "achments"))),
    passed("credentials numbered with gaps", lambda w: setattr(w, "on_manifest", lambda m: m["credentials"][0].update(path="credentials/017.sdjwt")), sets("on_entries", lambda e: setattr(e[2], "name", "credentials/017.sdjwt"))),
    passed("1 000 credentials", lambda w: [w.add(w.incubatee(number=f"N-{n}"), "incubatee") for n in range(999)]),
    pending("a destination outside the provinces that publish", "REG-SCOPE=pending", manifest(destination_region="110105"), request(destination_region="110105")),

    passed("request with members nobody defined", request(note="x", contact={"phone": "x"})),
    passed("request for this firm by its bare code", request(**{"for": FIRM})),
    passed("request for nobody, said with null", request(**{"for": None})),
    failed("request without kid", "SIG-UNKNOWN-KEY=fail", lambda w: w.request_head.update(kid=None)),
    failed("request: iss has a wrong check character", "FMT-USCC=fail", request(iss="urn:uscc:91310117DEM000030C")),
    failed("request without exp", "FMT-JSON=fail", lambda w: w.request.pop("exp")),

    failed("credential without kid", "SIG-UNKNOWN-KEY=fail", lambda w: w.cred.head.update(kid=None)),
    failed("credential typ in other letters", "SIG-TYP=fail", lambda w: w.cred.head.update(typ="DC+SD-JWT")),
    passed("credential header with members nobody asked for", lambda w: w.cred.head.update(x5c=["x"], vctm=["x"], cty="x")),
    passed("valid until: null", lambda w: w.cred.claims.update(valid_until=""), lambda w: setattr(w.cred, "null", ["valid_until"])),
    passed("valid until left out", lambda w: w.cred.claims.pop("valid_until")),
    passed("cnf.jwk with members beside the key", lambda w: w.cred.claims.update(cnf={"jwk": w.firm_key.jwk | {"kid": "x", "use": "sig", "alg": "ES256"}, "kid": "x"})),
    passed("status with members beside the list", lambda w: w.cred.claims["status"].update(other={"x": 1}) or w.cred.claims["status"]["status_list"].update(note="x")),
    passed("a type nobody knows", lambda w: w.want("new", "green-factory"), lambda w: w.issuers[INCUBATOR]["may_issue"].append(
        {"type": "green-factory", "provenance": ["attested"]}), lambda w: w.add(w.claims("green-factory", number="1", issued_on="2026-05-01"), "new")),
    failed("a firm's own statement called direct", "ISS-UNKNOWN=fail STAT-MISSING", self_issued),
    failed("a firm's own statement called attested", "ISS-UNKNOWN=fail STAT-MISSING", lambda w: self_issued(w, "attested")),

    passed("a declaration without kid", lambda w: declared(w).head.update(kid=None)),
    failed("a declaration by another key", "SIG-UNKNOWN-KEY=fail", lambda w: setattr(declared(w), "signer", key("stranger"))),
    failed("a declaration by another key, optional item", "SIG-UNKNOWN-KEY=fail", lambda w: setattr(declared(w), "signer", key("stranger")), lambda w: w.items[1].update(required="no")),
    failed("a declaration by another key under the firm's kid", "SIG-INVALID=fail", lambda w: forged(declared(w), w)),
    pending("a declaration, and no issuers at all", "TRUST-MISSING=pending RULE-MISSING UNSOLICITED", declared_alone, lambda w: w.issuers.clear(), sets("request", None)),

    passed("status list that names its issuer", lambda w: w.list_.changes.update(iss=urn(INCUBATOR))),
    pending("status list that names another issuer", "STAT-CORRUPT=pending", lambda w: w.list_.changes.update(iss=urn(DESTINATION))),
    passed("status list without kid", lambda w: w.list_.head.update(kid=None)),
    pending("status list without kid, signed by a stranger", "STAT-CORRUPT=pending", lambda w: w.list_.head.update(kid=None), sets("list_.signer", key("nobody"))),
    passed("status list without exp", lambda w: w.list_.changes.update(exp=None)),
    passed("status list of a million", sets("list_.size", 1 << 20), sets("cred.claims.status", {"status_list": {"uri": "https://status.example/hefei/1", "idx": (1 << 20) - 1}})),
    failed("status list of a million, revoked", "STAT-REVOKED=fail", sets("list_.size", 1 << 20), lambda w: w.list_.values.update({777_777: 1}),
           sets("cred.claims.status", {"status_list": {"uri": "https://status.example/hefei/1", "idx": 777_777}})),

    passed("a pack of needed members only", bare_pack),
    passed("a pack with null for what it does not say", null_pack),
    passed("when beside a plain yes", lambda w: w.items[0].update(when={"===": [1, 2]})),
    passed("a message in Chinese alone", lambda w: w.items[0].update(title={"zh": "证明"}, rules=[
        {"rule_id": "R", "severity": "error", "logic": {"===": [1, 1]}, "message": {"zh": "不符"}}])),
    passed("manifest prepared with an earlier version of the pack", manifest(rule_pack={"id": "sh-songjiang", "version": 2}), request(rule_pack={"id": "sh-songjiang", "version": 2})),
    conditional("a supplement, optional item", "", lambda w: w.with_high_tech(required="no"), supplement),
    passed("a supplement that is there", lambda w: w.with_high_tech(), supplement, lambda w: w.attach(b"x", "announcement")),
    passed("fact: the firm's former name", says("firm.former_names.0.name", "合肥旧名科技有限公司【演示】"), named_before),
    passed("fact: what the firm declares", says("dossier.facts.staff", 12), manifest(facts={"staff": 12})),
    passed("fact: kind of an attachment", says("dossier.attachments.0.kind", "lease"), lambda w: w.attach(b"x", "lease")),
    passed("fact: type of a credential", says("dossier.credentials.0.type", "incubatee-certificate")),
    passed("fact: the destination of the dossier", says("dossier.aud", urn(DESTINATION))),
    passed("fact: the checklist of the dossier", says("dossier.checklist_id", "SJ-BRANCH")),
    passed("fact: a consent", says("dossier.consents.0.purpose", "核验"), manifest(consents=[{"recipient": urn(DESTINATION), "purpose": "核验", "kinds": []}])),
    passed("fact: the regions", says("origin", "340104"), says("destination", "310117")),
    passed("fact: the issuer's role", says("issuer.roles.0", "incubator")),
    passed("fact: a claim everybody sees", says("credential.region", "340104")),
    *(conditional(f"partial move of a high-tech firm, rule says {mode}", "MOVE-PARTIAL=warning REG-AUTHORITY=info", partial(mode))
      for mode in ("direct", "recertify", None)),

    passed("only the provinces that are needed", provinces("31", "34")),
    passed("metadata with members TUF lets a writer add", strange),
    passed("a package with entries for folders", files=[with_folders]),
    passed("register entries with needed members only", few_members),
    passed("register entries with more than the page names", more_members),
    passed("issuers with several keys", lambda w: w.issuers[INCUBATOR]["keys"].extend(
        [register_key(key("old"), "credential", valid_until="2026-02-01T00:00:00+08:00"), register_key(key("new", "EdDSA"), "credential")])),
]
