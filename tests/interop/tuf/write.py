"""TUF repositories laid out as formats.md §3 says, written by python-tuf.

Reads a list of jobs from standard input and writes each repository into its folder:

    folder      where `metadata` and `targets` go
    targets     role -> path -> text; the roles are `targets` and the provinces
    expires     when every role ends, `YYYY-MM-DDTHH:MM:SSZ`
    keys        `ed25519`, `ecdsa` or `both`, which alternates
    compact     whether metadata is written without white space
    digests     whether timestamp and snapshot give lengths and digests
    generation  1; 2 replaces a root key, the distributor's and a province's; 3 signs anew

Keys come from their names, so that jobs which differ in the generation alone write one repository at
different times of its life.
"""

import hashlib
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

PROVINCES = ["31", "32", "33", "34"]
TOGETHER = 3
ROTATED_PROVINCE = "33"

# Canonical JSON escapes the quote and the backslash and nothing else; a reader must see that too.
AWKWARD = {"text": "资质通 “二部” \\ \" / \t \n é 𠮷", "empty": {}, "list": [None, True, False, -1, 0, 2**53]}


def signer(name, kind):
    seed = hashlib.sha256(name.encode()).digest()
    if kind == "ed25519":
        return CryptoSigner(Ed25519PrivateKey.from_private_bytes(seed))
    return CryptoSigner(derive_private_key(int.from_bytes(seed, "big") >> 8, SECP256R1()))


class Repository:
    def __init__(self, job):
        self.job = job
        self.folder = Path(job["folder"])
        self.expires = datetime.strptime(job["expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        self.made = 0
        self.provincial = {province: self.key(f"root {province}") for province in PROVINCES}
        self.own = {province: self.key(f"own {province}") for province in PROVINCES}
        self.distributor = self.key("distributor")
        self.root = Root(expires=self.expires, consistent_snapshot=True)
        self.targets = Targets(expires=self.expires)
        self.provinces = {province: Targets(expires=self.expires) for province in PROVINCES}
        self.snapshot = Snapshot(expires=self.expires)
        self.timestamp = Timestamp(expires=self.expires)
        self.previous = []

    def key(self, name):
        self.made += 1
        kinds = ["ed25519", "ecdsa"] if self.job["keys"] == "both" else [self.job["keys"]]
        return signer(name, kinds[self.made % len(kinds)])

    def fill(self):
        """The first generation, without versions: what the roles say."""
        for role in ("root", "targets"):
            for key in self.provincial.values():
                self.root.add_key(key.public_key, role)
            self.root.roles[role].threshold = TOGETHER
        for role in ("snapshot", "timestamp"):
            self.root.add_key(self.distributor.public_key, role)
        self.root.unrecognized_fields["x-note"] = AWKWARD
        self.targets.delegations = Delegations(keys={}, roles={
            province: DelegatedRole(
                name=province, keyids=[], threshold=1, terminating=True,
                paths=[f"issuers/{province}/*", f"rules/{province}/*"])
            for province in PROVINCES})
        for province, key in self.own.items():
            self.targets.add_key(key.public_key, province)
        for role, files in self.job["targets"].items():
            signed = self.targets if role == "targets" else self.provinces[role]
            for path, text in files.items():
                data = text.encode()
                info = TargetFile.from_data(path, data, ["sha256"])
                info.unrecognized_fields["custom"] = AWKWARD
                signed.targets[path] = info
                where, _, name = path.rpartition("/")
                self.put(f"targets/{where}/{info.hashes['sha256']}.{name}", data)

    def rotate(self):
        """Replaces three keys. The root is signed by the old key too."""
        province = ROTATED_PROVINCE
        old, new = self.provincial[province], self.key(f"new root {province}")
        for role in ("root", "targets"):
            self.root.revoke_key(old.public_key.keyid, role)
            self.root.add_key(new.public_key, role)
        self.provincial[province] = new
        self.previous = [old]
        old, self.distributor = self.distributor, self.key("new distributor")
        for role in ("snapshot", "timestamp"):
            self.root.revoke_key(old.public_key.keyid, role)
            self.root.add_key(self.distributor.public_key, role)
        old, self.own[province] = self.own[province], self.key(f"new own {province}")
        self.targets.revoke_key(old.public_key.keyid, province)
        self.targets.add_key(self.own[province].public_key, province)

    def advance(self):
        for signed in [self.root, self.targets, *self.provinces.values(), self.snapshot, self.timestamp]:
            signed.version += 1

    def publish(self):
        together = list(self.provincial.values())
        self.sign("root", self.root, together + self.previous)
        for province, signed in self.provinces.items():
            self.snapshot.meta[f"{province}.json"] = self.sign(province, signed, [self.own[province]])
        self.snapshot.meta["targets.json"] = self.sign("targets", self.targets, together[:TOGETHER])
        self.timestamp.snapshot_meta = self.sign("snapshot", self.snapshot, [self.distributor])
        self.sign("timestamp", self.timestamp, [self.distributor])

    def sign(self, role, signed, keys):
        metadata = Metadata(signed)
        for key in keys:
            metadata.sign(key, append=True)
        data = metadata.to_bytes(JSONSerializer(compact=self.job["compact"]))
        version = "" if role == "timestamp" else f"{signed.version}."
        self.put(f"metadata/{version}{role}.json", data)
        if self.job["digests"]:
            return MetaFile.from_data(signed.version, data, ["sha256", "sha512"])
        return MetaFile(signed.version)

    def put(self, path, data):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def write(job):
    repository = Repository(job)
    repository.fill()
    repository.publish()
    for generation in range(2, job["generation"] + 1):
        if generation == 2:
            repository.rotate()
        repository.advance()
        repository.publish()
    return {"ok": None}


json.dump([write(job) for job in json.load(sys.stdin)], sys.stdout)
