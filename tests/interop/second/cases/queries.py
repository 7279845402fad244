"""DCQL (OpenID4VP 1.0 §6) inside a checklist."""
from world import dcql, item

from .case import failed, passed, pending, sets
from .correct import patent


def query(*claims, **members):
    """The item's query: claims, and other members of the credential query."""
    return lambda w: w.items[0]["evidence"].update(dcql=dcql("incubatee-certificate", *claims, **members))


def claim(path, *values, **more):
    return {"path": path} | ({"values": list(values)} if values else {}) | more


def patents(*claims):
    """A query about the owners of a patent, in place of one for its type alone."""
    return lambda w: (patent(w), w.items[1]["evidence"].update(dcql=dcql("patent", *claims)))


A, B, NO = claim(["colour"], id="a"), claim(["number"], id="b"), claim(["size"], id="c")
FIRM = "合肥星河量子传感技术有限公司【演示】"


def either(required=True):
    """A high-tech certificate or the incubatee certificate."""
    def change(w):
        one = dcql("high-tech-enterprise")["credentials"][0] | {"id": "hte"}
        two = dcql("incubatee-certificate")["credentials"][0] | {"id": "inc"}
        w.items[0]["evidence"]["dcql"] = {"credentials": [one, two], "credential_sets": [{"options": [["hte"], ["inc"]], "required": required}]}
    return change


def both(w):
    either()(w)
    w.items[0]["evidence"]["dcql"]["credential_sets"] = [{"options": [["hte", "inc"]]}]


def all_asked(w):
    either()(w)
    del w.items[0]["evidence"]["dcql"]["credential_sets"]


def with_high_tech(w):
    w.with_high_tech()
    w.creds[1].answers = ["incubatee", "hte"]


CASES = [
    passed("no claims asked for", query()),
    passed("nested path", lambda w: tech(w, ["attested", "method"])),
    passed("a value that matches", query(claim(["incubator_level"], "provincial", "ministry_standard"))),
    failed("a value that does not match", "CHK-MISSING", query(claim(["incubator_level"], "provincial"))),
    passed("an integer value", query(claim(["area_sqm"], 260))),
    failed("an integer is not its text", "CHK-MISSING", query(claim(["area_sqm"], "260"))),
    passed("a boolean value", query(claim(["rd_on_site"], True))),
    failed("a claim that does not exist", "CHK-MISSING", query(claim(["colour"]))),
    failed("a claim that was withheld", "CHK-MISSING", query(claim(["area_sqm"])), lambda w: w.cred.withhold.add("area_sqm")),
    passed("an always visible claim", query(claim(["region"], "340104"))),
    passed("index path", patents(claim(["owners", 0]))),
    passed("index path with a value", patents(claim(["owners", 0], FIRM))),
    failed("index path beyond the array", "CHK-MISSING", patents(claim(["owners", 2]))),
    passed("null path: one of the elements", patents(claim(["owners", None], FIRM))),
    failed("null path: none of the elements", "CHK-MISSING", patents(claim(["owners", None], "别人"))),
    failed("null path on a string", "CHK-MISSING", query(claim(["number", None]))),
    passed("second claim set", query(A, B, claim_sets=[["a"], ["b"]])),
    failed("no claim set", "CHK-MISSING", query(A, B, NO, claim_sets=[["a"], ["b", "c"]])),
    failed("without claim sets every claim counts", "CHK-MISSING", query(A, B)),
    passed("second option of a credential set", either()),
    failed("an option of two credentials, one absent", "CHK-MISSING", both),
    failed("without credential sets every credential counts", "CHK-MISSING", all_asked),
    passed("an option of two credentials, both there", both, with_high_tech),
    passed("holder binding not asked for", query(require_cryptographic_holder_binding=False)),
    passed("authority: a federation entity", query(trusted_authorities=[{"type": "openid_federation", "values": ["91340100DEM0000228"]}])),
    failed("authority: another federation entity", "CHK-MISSING", query(trusted_authorities=[{"type": "openid_federation", "values": ["91340100DEM000014D"]}])),
    passed("several types accepted", lambda w: w.items[0]["evidence"]["dcql"]["credentials"][0]["meta"]["vct_values"].insert(0, "urn:zizhitong:credential:tech-sme:1")),
    failed("another version of the type", "CHK-MISSING", lambda w: w.items[0]["evidence"]["dcql"]["credentials"][0]["meta"].update(vct_values=["urn:zizhitong:credential:incubatee-certificate:2"])),
    failed("another format", "CHK-MISSING", query(format="mso_mdoc", meta={"doctype_value": "org.iso.18013.5.1.mDL"})),
]


def tech(w, path):
    w.want("tsme", "tech-contract-registration")
    w.items[1]["evidence"]["dcql"] = dcql("tech-contract-registration", claim(path, "原件核对"))
    w.add(w.claims("tech-contract-registration", number="2026340104990001", kind="技术开发", issued_on="2026-05-01"), "tsme")
