"""formats.md §2."""
import zlib

from jose import b64, flip_signature, key
from world import DAY, DESTINATION, INCUBATOR, NOW, URI, register_key
from status import StatusList

from .case import conditional, failed, passed, pending, sets
from .correct import short_lived


def says(value, index=0, bits=2):
    def change(w):
        w.list_.bits = bits
        w.list_.values[index] = value
    return change


def age(seconds):
    return lambda w: (setattr(w.list_, "iat", NOW - seconds), setattr(w.list_, "exp", NOW + DAY))


STALE = age(7 * DAY + 1)


def signed_by_other_use(w):
    w.list_.signer = w.incubator


CASES = [
    failed("revoked", "STAT-REVOKED=fail", says(1)),
    failed("ended", "STAT-ENDED=fail", says(3)),
    failed("suspended", "STAT-SUSPENDED=fail", says(2)),
    passed("another index is revoked", says(1, 1), says(3, 5)),
    failed("revoked, stale list", "STAT-REVOKED=fail", says(1), STALE),
    failed("ended, stale list", "STAT-ENDED=fail", says(3), STALE),
    pending("suspended, stale list", "STAT-STALE=pending", says(2), STALE),
    pending("valid, list of 7 days and a second", "STAT-STALE=pending", STALE),
    passed("valid, list of exactly 7 days", age(7 * DAY)),
    pending("the pack allows one day", "STAT-STALE", age(DAY + 1), lambda w: w.pack.update(status_max_age_days=1)),
    passed("the pack allows thirty days", age(29 * DAY), lambda w: w.pack.update(status_max_age_days=30)),
    pending("the list's exp has passed", "STAT-STALE", sets("list_.exp", NOW - 1)),
    passed("the list's exp is a second ahead", sets("list_.exp", NOW + 1)),
    failed("bits 1, revoked", "STAT-REVOKED", says(1, 0, 1)),
    failed("bits 4, suspended", "STAT-SUSPENDED", says(2, 0, 4)),
    failed("bits 8, ended", "STAT-ENDED", says(3, 0, 8)),
    pending("bits 8, a value nobody defined", "STAT-CORRUPT", says(200, 0, 8)),
    pending("bits 3", "STAT-CORRUPT", lambda w: w.list_.changes.update(status_list={"bits": 3, "lst": b64(zlib.compress(bytes(16)))})),
    pending("no list", "STAT-MISSING=pending", sets("list_.absent", True)),
    pending("list under another name", "STAT-MISSING", lambda w: setattr(w.list_, "path", lambda: "status/" + "0" * 64 + ".jwt")),
    pending("signature broken", "STAT-CORRUPT=pending", sets("list_.on_token", flip_signature)),
    pending("sub is another list", "STAT-CORRUPT", lambda w: w.list_.changes.update(sub=URI + "0")),
    pending("signed by another issuer", "STAT-CORRUPT", lambda w: setattr(w.list_, "signer", key("destination lists")), lambda w: w.issuers[
        DESTINATION]["keys"].append(register_key(key("destination lists"), "status"))),
    pending("signed by a key nobody lists", "STAT-CORRUPT", sets("list_.signer", key("nobody"))),
    pending("signed by the issuer's key for credentials", "STAT-CORRUPT", signed_by_other_use),
    pending("typ JWT", "STAT-CORRUPT", lambda w: w.list_.head.update(typ="JWT")),
    pending("alg none", "STAT-CORRUPT", lambda w: w.list_.head.update(alg="none")),
    passed("a list of five minutes ahead", age(-300)),
    pending("a list beyond the skew ahead", "STAT-CORRUPT", age(-301)),
    pending("not zlib", "STAT-CORRUPT", sets("list_.lst", b64(b"not zlib at all"))),
    pending("zlib cut short", "STAT-CORRUPT", lambda w: setattr(w.list_, "lst", b64(zlib.compress(bytes(range(200)) * 50)[:-20]))),
    pending("raw deflate without the zlib header", "STAT-CORRUPT", sets("list_.lst", b64(zlib.compress(bytes(16))[2:-4]))),
    pending("first index beyond the list", "STAT-CORRUPT", sets("cred.claims.status", {"status_list": {"uri": URI, "idx": 64}})),
    pending("a bomb of 400 MB", "STAT-CORRUPT", lambda w: setattr(w.list_, "lst", b64(zlib.compress(bytes(400_000_000), 1))), sets("container", "folder")),
    pending("not a JWT", "STAT-CORRUPT", sets("list_.on_token", lambda _: "hello")),
    pending("empty file", "STAT-CORRUPT", sets("list_.on_token", lambda _: "")),
    pending("no status claim, a life of 24 hours and a second", "STAT-MISSING DATE-SOON", short_lived(DAY + 1)),
    pending("no status claim, no exp", "STAT-MISSING", lambda w: w.cred.claims.pop("status")),
    conditional("revoked, optional item", "STAT-REVOKED", lambda w: w.optional(), says(1)),
    conditional("stale, optional item", "STAT-STALE", lambda w: w.optional(), lambda w: second_list(w, "1")),
    pending("stale, required item beside a fresh one", "STAT-STALE", lambda w: w.with_high_tech(), lambda w: second_list(w, "1")),
    failed("one item revoked, another pending", "STAT-REVOKED STAT-STALE", lambda w: w.with_high_tech(), says(1, 1), lambda w: second_list(w, "1")),
]


def second_list(w, name):
    """The first credential moves to a list of its own, which is stale."""
    made = StatusList(URI + name, w.lister, NOW - 8 * DAY)
    w.lists.append(made)
    w.cred.claims["status"] = {"status_list": {"uri": made.uri, "idx": 0}}
