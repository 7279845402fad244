"""The story every case starts from: a Hefei firm opening a branch in Songjiang, all in order. Cases change it."""
import hashlib
import io
import os
import zipfile
from datetime import datetime

import zips
from jose import header, jws, key
from sdjwt import Credential
from status import StatusList
from tuf import Repository

FIRM, OTHER_FIRM = "91340100DEM000014D", "91320594DEM000057C"
INCUBATOR, DESTINATION, BRANCH = "91340100DEM0000228", "91310117DEM000030B", "91310117DEM0000498"
SUZHOU, YUHANG = "91320594DEM0000657", "91330110DEM000073U"
MIMETYPE = b"application/vnd.zizhitong.dossier+zip"
DAY = 86400


def urn(uscc):
    return f"urn:uscc:{uscc}"


def at(text):
    return int(datetime.fromisoformat(text).timestamp())


NOW = at("2026-11-23T10:00:00+08:00")
ANSWERED = NOW - 3600
URI = "https://status.example/hefei/1"


def shanghai(seconds):
    from datetime import timedelta, timezone
    return datetime.fromtimestamp(seconds, timezone(timedelta(hours=8))).isoformat()


def dcql(vct, *claims, **more):
    query = {"id": "q", "format": "dc+sd-jwt", "meta": {"vct_values": [f"urn:zizhitong:credential:{vct}:1"]}} | more
    if claims:
        query["claims"] = [{"path": list(c)} if isinstance(c, (tuple, list)) else c for c in claims]
    return {"credentials": [query]}


def text(zh):
    return {"zh": zh, "en": zh}


def item(item_id, evidence, required="yes", **more):
    return {"item_id": item_id, "title": text(item_id), "required": required, "evidence": evidence} | more


def equivalence(rule_id, vct, mode="equivalent", **more):
    made = {"rule_id": rule_id, "type": vct, "from_regions": ["34", "32", "33"], "to_regions": ["310117"],
            "scenarios": ["branch_operation"], "mode": mode, "maps_to": vct,
            "basis": {"title": "双方互认协议", "doc_no": "演示〔2026〕1号", "article": "第二条"},
            "valid_from": "2026-07-01", "valid_until": None, "demo": True} | more
    return {k: v for k, v in made.items() if v != "absent"}


def register_key(signer, *use, **more):
    return {"jwk": signer.jwk, "use": list(use), "valid_from": "2026-01-01T00:00:00+08:00",
            "valid_until": None, "revoked_at": None, "revoked_reason": None} | more


def issuer(uscc, name, region, role, keys, may_issue):
    return {"uscc": uscc, "name": name, "former_names": [], "roles": [role], "level": "ministry_standard",
            "region": region, "keys": keys, "seal_to": [], "may_issue": may_issue}


class World:
    def __init__(self, alg="ES256", holder_alg=None, tuf_alg="EdDSA"):
        self.now, self.as_, self.container, self.arguments = NOW, DESTINATION, "zip", []
        self.incubator, self.destination = key("incubator", alg), key("destination", alg)
        self.lister, self.firm_key = key("incubator lists", alg), key("firm", holder_alg or alg)
        self.tuf = Repository(tuf_alg)
        self.issuers = {
            INCUBATOR: issuer(INCUBATOR, "合肥国家大学科技园【演示】", "340104", "incubator",
                              [register_key(self.incubator, "credential", "decision", "report"), register_key(self.lister, "status")],
                              [{"type": "incubatee-certificate", "provenance": ["direct"]},
                               *({"type": t, "provenance": ["attested"]} for t in (
                                   "high-tech-enterprise", "tech-sme", "patent", "management-cert", "branch-licence",
                                   "business-licence", "software-copyright", "tech-contract-registration"))]),
            DESTINATION: issuer(DESTINATION, "松江科创孵化器【演示】", "310117", "incubator",
                                [register_key(self.destination, "request", "decision", "report")], [])}
        self.items = [item("incubatee", {"dcql": dcql("incubatee-certificate", ("number",))}, provenance_min="attested")]
        self.equivalences = [equivalence("SJ-E-01", "incubatee-certificate")]
        self.pack = {"pack_id": "sh-songjiang", "version": 3, "publisher": urn(DESTINATION), "to_regions": ["310117"],
                     "valid_from": "2026-07-01", "valid_until": "2027-06-30", "status_max_age_days": 7, "trust_max_age_days": 30}
        self.pack_province, self.packs = "31", []
        self.on_pack = lambda pack: pack
        self.lists = [StatusList(URI, self.lister, NOW - DAY)]
        self.list_ = self.lists[0]
        self.creds = [self.incubatee()]
        self.cred = self.creds[0]
        self.attachments = []
        self.request = {"iss": urn(DESTINATION), "iat": NOW - 5 * DAY, "exp": NOW + 5 * DAY, "jti": "0193a3b0-0000-7000-8000-000000000001",
                        "nonce": "bm9uY2Utb2YtdGhlLXJlcXVlc3Q", "scenario": "branch_operation", "destination_region": "310117",
                        "checklist_id": "SJ-BRANCH", "rule_pack": {"id": "sh-songjiang", "version": 3}}
        self.request_signer, self.request_head, self.on_request = self.destination, {}, None
        self.manifest, self.manifest_head, self.manifest_signer = {}, {}, None
        self.on_manifest = self.on_manifest_jws = self.on_entries = self.on_file = None
        self.deflate, self.streamed = False, False
        self.write = {}

    # What a case may add.

    def claims(self, vct, provenance="attested", iss=INCUBATOR, index=0, **claims):
        signer = {"attested": self.incubator, "direct": self.incubator, "declared": self.firm_key}[provenance]
        made = {"iss": urn(FIRM if provenance == "declared" else iss), "sub": urn(FIRM), "vct": f"urn:zizhitong:credential:{vct}:1",
                "iat": at("2026-10-01T09:00:00+08:00"), "cnf": {"jwk": self.firm_key.jwk},
                "status": {"status_list": {"uri": URI, "idx": index}}, "provenance": provenance,
                "name": "合肥星河量子传感技术有限公司【演示】", "region": "340104"}
        if provenance == "attested":
            made["attested"] = {"by": "合肥国家大学科技园【演示】", "method": "原件核对", "system": "纸质原件", "checked_on": "2026-09-28", "operator": "经办甲"}
        if provenance == "declared":
            del made["status"]
            made["iat"] = ANSWERED - 60
            made["exp"] = made["iat"] + DAY
        made |= claims
        made = {k: v for k, v in made.items() if v is not None}
        return Credential(made, signer, self.firm_key)

    def incubatee(self, **claims):
        made = self.claims("incubatee-certificate", "direct", **({
            "number": "HFUSP-2026-0117", "issued_on": "2026-10-01", "valid_from": "2026-10-01", "valid_until": "2027-06-30",
            "entered_on": "2024-12-16", "established_on": "2024-03-18", "incubation_deadline": "2028-12-15",
            "incubator_level": "ministry_standard", "rd_on_site": True, "field": "量子传感", "agreement_no": "HFUSP-A-2024-33",
            "site_address": "合肥市蜀山区望江西路1号", "area_sqm": 260} | claims))
        made.answers = ["incubatee"]
        return made

    def high_tech(self, **claims):
        made = self.claims("high-tech-enterprise", **({
            "number": "GR202534990001", "issued_on": "2025-11-19", "valid_from": "2025-11-19", "valid_until": "2028-11-18", "index": 1} | claims))
        made.answers = ["hte"]
        return made

    def add(self, credential, *answers):
        if answers:
            credential.answers = list(answers)
        self.creds.append(credential)
        return credential

    def want(self, item_id, vct, required="yes", mode="equivalent", **more):
        """An item for a type, and (unless mode is None) the rule that recognises it."""
        self.items.append(item(item_id, {"dcql": dcql(vct)}, required, **more))
        if mode:
            self.equivalences.append(equivalence(f"SJ-{item_id}", vct, mode))

    def with_high_tech(self, required="yes", mode="equivalent", **claims):
        self.want("hte", "high-tech-enterprise", required, mode)
        return self.add(self.high_tech(**claims))

    def optional(self):
        """The one item becomes optional; another, answered by a second credential, is required."""
        self.items[0]["required"] = "no"
        self.with_high_tech()

    def attach(self, data, kind, *answers, name="扫描件.pdf", media_type="application/pdf"):
        digest = hashlib.sha256(data).hexdigest()
        self.attachments.append({"path": f"attachments/{digest}", "sha256": None, "size": len(data), "media_type": media_type,
                                 "name": name, "kind": kind, "answers": list(answers), "data": data})
        return self.attachments[-1]

    # Making the files.

    def request_token(self):
        token = jws(self.request_signer, header(self.request_signer, "dossier-request+jwt", **self.request_head), self.request)
        return self.on_request(token) if self.on_request else token

    def manifest_payload(self):
        from jose import b64
        request = self.request
        made = {"iss": urn(FIRM), "aud": urn(DESTINATION), "iat": ANSWERED, "jti": "0193a3b0-0000-7000-8000-0000000000aa",
                "nonce": request["nonce"] if request else "b3duLW5vbmNlLW9mLXRoZS1maXJt", "cnf": {"jwk": self.firm_key.jwk},
                "scenario": "branch_operation", "origin_region": "340104", "destination_region": "310117",
                "firm": {"uscc": FIRM, "name": "合肥星河量子传感技术有限公司【演示】", "former_names": []},
                "checklist_id": "SJ-BRANCH", "rule_pack": {"id": "sh-songjiang", "version": 3},
                "credentials": [], "attachments": [], "facts": {}, "consents": []}
        if request:
            made["request"] = self.request_token()
        made |= self.manifest
        made = {k: v for k, v in made.items() if v is not None}
        bodies = []
        for number, c in enumerate(self.creds, 1):
            data = c.present(made.get("aud"), made.get("nonce"), made.get("iat")).encode()
            path = f"credentials/{number:03}.sdjwt"
            made["credentials"].append({"path": path, "sha256": b64(hashlib.sha256(data).digest()),
                                        "type": c.type or c.claims["vct"].split(":")[-2], "answers": c.answers} | c.entry)
            bodies.append((path, data))
        for a in self.attachments:
            entry = {k: v for k, v in a.items() if k != "data"}
            entry["sha256"] = entry["sha256"] or b64(hashlib.sha256(a["data"]).digest())
            made["attachments"].append(entry)
            bodies.append((a["path"], a["data"]))
        if self.on_manifest:
            changed = self.on_manifest(made)
            made = made if changed is None else changed
        return made, bodies

    def dossier(self):
        payload, bodies = self.manifest_payload()
        signer = self.manifest_signer or self.firm_key
        token = jws(signer, header(signer, "dossier+jwt", **self.manifest_head), payload)
        token = self.on_manifest_jws(token) if self.on_manifest_jws else token
        entries = [zips.Entry("mimetype", MIMETYPE), zips.Entry("manifest.jwt", token.encode(), self.deflate)]
        entries += [zips.Entry(path, data, self.deflate) for path, data in bodies]
        if self.on_entries:
            entries = self.on_entries(entries) or entries
        raw = zips.stream(entries, self.streamed) if self.streamed else zips.write(entries, **self.write)
        return self.on_file(raw) if self.on_file else raw

    def trust_tree(self):
        from jose import dumps
        for uscc, record in self.issuers.items():
            self.tuf.targets[f"issuers/{uscc[2:4] if uscc[2:4] in '31323334' else '31'}/{uscc}.json"] = dumps(record)
        if self.pack:
            checklist = {"checklist_id": "SJ-BRANCH", "scenario": "branch_operation", "title": text("异地经营"), "items": self.items}
            made = self.pack | {"equivalences": self.equivalences, "checklists": [checklist]}
            self.tuf.targets[f"rules/{self.pack_province}/{self.pack['pack_id']}.json"] = dumps(self.on_pack(made))
        for pack in self.packs:
            self.tuf.targets[f"rules/31/{pack['pack_id']}.json"] = dumps(pack)
        tree = self.tuf.tree()
        tree |= {s.path(): s.token().encode() for s in self.lists if not s.absent}
        return tree

    def write_to(self, folder):
        """Writes both files; the paths of the dossier and of the trust data."""
        dossier, trust = os.path.join(folder, "收到.zzdossier"), os.path.join(folder, "trust")
        with open(dossier, "wb") as f:
            f.write(self.dossier())
        tree = self.trust_tree()
        if self.container == "zip":
            trust += ".zztrust"
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
                for path, raw in sorted(tree.items()):
                    out.writestr(path, raw)
            with open(trust, "wb") as f:
                f.write(packed.getvalue())
        else:
            for path, raw in tree.items():
                target = os.path.join(trust, path)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as f:
                    f.write(raw)
        return dossier, trust
