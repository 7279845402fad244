"""A TUF repository (specification 1.0, consistent snapshots) as formats.md §3 lays it out."""
import copy
import hashlib

from jose import dumps, key

PROVINCES = ["31", "32", "33", "34"]


def canonical(value):
    """OLPC canonical JSON."""
    if isinstance(value, dict):
        return "{" + ",".join(canonical(k) + ":" + canonical(value[k]) for k in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if value is True or value is False or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return str(value)


def public(signer):
    if signer.alg == "ES256":
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
        pem = signer.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        return {"keytype": "ecdsa", "scheme": "ecdsa-sha2-nistp256", "keyval": {"public": pem}}
    return {"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": signer.raw_public().hex()}}


def key_id(signer):
    return hashlib.sha256(canonical(public(signer)).encode()).hexdigest()


def signature(signer, message):
    if signer.alg == "ES256":
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec
        return signer.private.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)).hex()
    return signer.sign(message).hex()


class Repository:
    """The tree as it will be written. Cases change keys, versions, dates, signers and bytes."""

    def __init__(self, alg="EdDSA"):
        self.provincial = {p: key(f"tuf {p}", alg) for p in PROVINCES}
        self.distributor = key("tuf distributor", alg)
        self.root_versions = 1
        self.first_root = 1
        self.signers = {}               # role -> keys that sign it, instead of its own
        self.thresholds = {"root": 3, "targets": 3}
        self.expires = {}               # role -> RFC 3339
        self.versions = {}              # role -> version
        self.targets = {}               # path -> bytes
        self.absent = set()             # file names under metadata/ that are left out
        self.on_signed = {}             # role -> change to `signed` before signing
        self.on_file = {}               # role -> bytes -> bytes, known to the snapshot
        self.after = []                 # tree dict -> change in place
        self.meta_digests = True

    def keys_of(self, role):
        if role in ("root", "targets"):
            return list(self.provincial.values())
        return [self.provincial[role]] if role in PROVINCES else [self.distributor]

    def role(self, name):
        keys = self.keys_of(name)
        return {"keyids": [key_id(k) for k in keys], "threshold": self.thresholds.get(name, 1)}

    def file(self, role, signed):
        signed = {"spec_version": "1.0.31", "version": self.versions.get(role, 1),
                  "expires": self.expires.get(role, "2027-06-01T00:00:00Z")} | signed
        if role in self.on_signed:
            self.on_signed[role](signed)
        message = canonical(signed).encode()
        signers = self.signers.get(role, self.keys_of(role))
        made = {"signed": signed, "signatures": [{"keyid": key_id(k), "sig": signature(k, message)} for k in signers]}
        return self.on_file.get(role, lambda b: b)(dumps(made))

    def root(self, version):
        keys = {key_id(k): public(k) for k in [*self.provincial.values(), self.distributor]}
        roles = {r: self.role(r) for r in ("root", "targets", "snapshot", "timestamp")}
        return self.file("root", {"_type": "root", "consistent_snapshot": True, "version": version, "keys": keys, "roles": roles})

    def described(self, raw, version):
        plain = {"version": version}
        if self.meta_digests:
            plain |= {"length": len(raw), "hashes": {"sha256": hashlib.sha256(raw).hexdigest()}}
        return plain

    def targets_role(self, role, paths):
        listed = {p: {"length": len(self.targets[p]), "hashes": {"sha256": hashlib.sha256(self.targets[p]).hexdigest()}} for p in paths}
        return {"_type": "targets", "targets": listed}

    def tree(self):
        """{path: bytes} of the whole package, without the status lists."""
        tree, meta = {}, {}
        for path, raw in self.targets.items():
            folder, _, base = path.rpartition("/")
            tree[f"targets/{folder}/{hashlib.sha256(raw).hexdigest()}.{base}"] = raw
        for version in range(self.first_root, self.root_versions + 1):
            tree[f"metadata/{version}.root.json"] = self.root(version)
        for province in PROVINCES:
            own = [p for p in self.targets if p.split("/")[1] == province]
            meta[f"{province}.json"] = self.file(province, self.targets_role(province, own))
        top = self.targets_role("targets", [p for p in self.targets if p.startswith("types/")])
        top["delegations"] = {
            "keys": {key_id(k): public(k) for k in self.provincial.values()},
            "roles": [{"name": p, "terminating": True, "paths": [f"issuers/{p}/*", f"rules/{p}/*"], **self.role(p)} for p in PROVINCES]}
        meta["targets.json"] = self.file("targets", top)
        snapshot = self.file("snapshot", {"_type": "snapshot", "meta": {
            name: self.described(raw, self.versions.get(name[:-5], 1)) for name, raw in meta.items()}})
        meta["snapshot.json"] = snapshot
        for name, raw in meta.items():
            tree[f"metadata/{self.versions.get(name[:-5], 1)}.{name}"] = raw
        tree["metadata/timestamp.json"] = self.file("timestamp", {"_type": "timestamp", "meta": {
            "snapshot.json": self.described(snapshot, self.versions.get("snapshot", 1))}})
        tree = {p: raw for p, raw in tree.items() if p.removeprefix("metadata/") not in self.absent}
        for change in self.after:
            change(tree)
        return tree


def copy_of(value):
    return copy.deepcopy(value)
