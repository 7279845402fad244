"""The trust package (formats.md §3)."""
import os

from jose import dumps, key
from world import DESTINATION, INCUBATOR, NOW, shanghai

from .case import conditional, failed, passed, pending, sets

# Nothing of the package is used: no issuers, hence no pack and no list either.
MISSING = "TRUST-MISSING RULE-MISSING STAT-MISSING"
NOTHING = f"TRUST-INVALID {MISSING}"


def utc(seconds):
    from datetime import datetime, timezone
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def signers(role, *names):
    """The role's file is signed by these keys only."""
    return lambda w: w.tuf.signers.update({role: [w.tuf.provincial.get(n) or key(n, "EdDSA") for n in names]})


def expires(role, text):
    return lambda w: w.tuf.expires.update({role: text})


def tree(change):
    return lambda w: w.tuf.after.append(change)


def replace(start, change):
    """Changes the file whose path starts so, after everything was signed."""
    def apply(made):
        path = next(p for p in made if p.startswith(start))
        made[path] = change(made[path])
    return tree(apply)


def flipped(raw):
    at = raw.index(b'"sig":"') + 20
    return raw[:at] + (b"0" if raw[at:at + 1] != b"0" else b"1") + raw[at + 1:]


def drop(start):
    def apply(made):
        for path in [p for p in made if p.startswith(start)]:
            del made[path]
    return tree(apply)


def new_root_keys(properly):
    """Root 2 replaces three of the four provinces' keys; signed by old and new keys, or by the new ones alone."""
    def change(w):
        old = dict(w.tuf.provincial)
        w.tuf.root_versions = 2
        real = w.tuf.root

        def root(version):
            if version == 1:
                new, w.tuf.provincial = w.tuf.provincial, old
                made = real(1)
                w.tuf.provincial = new
                return made
            w.tuf.signers["root"] = [*w.tuf.provincial.values()] + ([k for p, k in old.items() if p != "31"] if properly else [])
            made = real(2)
            del w.tuf.signers["root"]
            return made
        w.tuf.provincial = {p: key(f"tuf {p} new", "EdDSA") if p != "31" else k for p, k in old.items()}
        w.tuf.root = root
    return change


def pinned(other):
    """`--root` gives the pin."""
    def change(dossier, trust):
        from tuf import Repository
        path = dossier + ".root.json"
        made = Repository()
        if other:
            made.provincial = {p: key(f"else {p}", "EdDSA") for p in made.provincial}
        with open(path, "wb") as f:
            f.write(made.root(1))
        return dossier, [trust, path]
    return change


def garbage(data):
    def change(dossier, trust):
        with open(trust, "wb") as f:
            f.write(data)
    return change


def duplicate_signers(w):
    own = w.tuf.provincial["31"]
    w.tuf.signers["root"] = [own, own, w.tuf.provincial["32"]]


CASES = [
    passed("three of four sign root and targets", signers("root", "31", "32", "33"), signers("targets", "34", "32", "33")),
    pending("root signed by two", NOTHING, signers("root", "31", "32")),
    pending("root signed by two, one of them twice", NOTHING, duplicate_signers),
    pending("root signed by two and a stranger", NOTHING, signers("root", "31", "32", "stranger")),
    pending("targets signed by two", NOTHING, signers("targets", "31", "32")),
    pending("root: a signature broken and two left", NOTHING, signers("root", "31", "32", "33"), replace("metadata/1.root", flipped)),
    pending("snapshot signed by a province", NOTHING, signers("snapshot", "31")),
    pending("timestamp signed by a province", NOTHING, signers("timestamp", "31")),
    pending("timestamp absent", NOTHING, drop("metadata/timestamp")),
    pending("snapshot absent", NOTHING, drop("metadata/1.snapshot")),
    pending("targets absent", NOTHING, drop("metadata/1.targets")),
    pending("root absent", MISSING, drop("metadata/1.root")),
    pending("snapshot replaced by another signed one", NOTHING, lambda w: swapped(w)),
    passed("keys rotated, signed by old and new", new_root_keys(True)),
    pending("keys rotated, signed by the new alone", NOTHING, new_root_keys(False)),
    pending("timestamp expired", "TRUST-STALE=pending", expires("timestamp", "2026-11-22T00:00:00Z")),
    pending("timestamp expires now", "TRUST-STALE", expires("timestamp", utc(NOW))),
    passed("timestamp expires in a second", expires("timestamp", utc(NOW + 1))),
    pending("snapshot expired", "TRUST-STALE", expires("snapshot", "2026-11-22T00:00:00Z")),
    pending("targets expired", "TRUST-STALE", expires("targets", "2026-11-22T00:00:00Z")),
    pending("root expired", "TRUST-STALE", expires("root", "2026-11-22T00:00:00Z")),
    pending("issuer's province expired", "TRUST-STALE", expires("34", "2026-11-22T00:00:00Z")),
    pending("rule pack's province expired", "TRUST-STALE", expires("31", "2026-11-22T00:00:00Z")),
    passed("a province nothing rests on expired", expires("33", "2026-11-22T00:00:00Z")),
    pending("issuer's province mis-signed", "TRUST-ROLE=pending STAT-MISSING", signers("34", "33")),
    pending("issuer's province: a signature broken", "TRUST-ROLE STAT-MISSING", sets("tuf.on_file", {"34": flipped})),
    pending("issuer's province absent", "TRUST-ROLE STAT-MISSING", drop("metadata/1.34")),
    pending("issuer's province replaced after the snapshot", "TRUST-ROLE STAT-MISSING", replace("metadata/1.34", lambda b: b + b" ")),
    pending("rule pack's province mis-signed", "TRUST-ROLE RULE-MISSING", signers("31", "33")),
    passed("a province nothing rests on mis-signed", signers("33", "31")),
    pending("issuer's record changed after signing", "TRUST-ROLE STAT-MISSING", replace("targets/issuers/34", lambda b: b.replace(b"340104", b"340111"))),
    pending("issuer's record absent", "TRUST-ROLE STAT-MISSING", drop("targets/issuers/34")),
    pending("rule pack changed after signing", "RULE-MISSING", replace("targets/rules/31", lambda b: b + b" ")),
    pending("no issuers at all", "TRUST-MISSING STAT-MISSING", lambda w: w.issuers.clear()),
    passed("issued 30 days ago, as the pack allows", lambda w: w.tuf.on_signed.update(timestamp=lambda s: s.update(issued=utc(NOW - 30 * 86400)))),
    pending("issued 30 days and a second ago", "TRUST-STALE", lambda w: w.tuf.on_signed.update(timestamp=lambda s: s.update(issued=utc(NOW - 30 * 86400 - 1)))),
    failed("a stale package does not excuse a revoked credential", "TRUST-STALE STAT-REVOKED", expires("timestamp", "2026-11-22T00:00:00Z"), lambda w: w.list_.values.update({0: 1})),
    pending("package is no ZIP", NOTHING, files=[garbage(b"hello")]),
    pending("package is empty", NOTHING, files=[garbage(b"")]),
    pending("targets of another version than the snapshot says", NOTHING, lambda w: w.tuf.on_signed.update(targets=lambda s: s.update(version=2))),
    pending("a metadata file of another type", NOTHING, lambda w: w.tuf.on_signed.update(snapshot=lambda s: s.update(_type="timestamp"))),
    pending("specification of another major version", NOTHING, lambda w: w.tuf.on_signed.update(timestamp=lambda s: s.update(spec_version="2.0.0"))),
    passed("--root gives the pin", files=[pinned(False)]),
    pending("--root gives another pin", NOTHING, files=[pinned(True)]),
]


def swapped(w):
    """The snapshot in the package is properly signed, but not the one of the timestamp."""
    w.tuf.after.append(lambda made: made.update({"metadata/1.snapshot.json": w.tuf.file("snapshot", {"_type": "snapshot", "meta": {}})}))
