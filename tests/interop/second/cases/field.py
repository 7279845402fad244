"""Checks of the field, from domain.md §2, §3 and §7.4. Members of `facts` are those of docs/formats.md."""
from world import BRANCH, DESTINATION, FIRM, OTHER_FIRM, urn

from .case import conditional, failed, passed, pending
from .correct import scenario
from .envelope import branch


def shown(vct, mode="equivalent", required="yes", provenance="attested", **claims):
    """A second item, and a credential of that type for it."""
    def change(w):
        w.want("x", vct, required, mode)
        for entry in (vct,):
            w.issuers["91340100DEM0000228"]["may_issue"].append({"type": entry, "provenance": ["attested"]})
        made = w.add(w.claims(vct, provenance, **claims), "x")
        w.equivalences[-1]["scenarios"] = w.equivalences[0]["scenarios"]
        return made
    return change


def patent(number, kind):
    return shown("patent", number=number, kind=kind, issued_on="2025-08-01")


def facts(**members):
    return lambda w: w.manifest.update(facts=members)


def high_tech(scene, **claims):
    """A high-tech firm in another scenario."""
    def change(w):
        scenario(scene)(w)
        w.with_high_tech(**claims)
        w.equivalences[1]["scenarios"] = [scene]
    return change


def to(region, *patterns):
    def change(w):
        w.request["destination_region"] = w.manifest["destination_region"] = region
        w.pack["to_regions"] = list(patterns)
        for e in w.equivalences:
            e["to_regions"] = list(patterns)
        w.pack_province = region[:2]
    return change


def voucher(redemption, **claims):
    def change(w):
        scenario("voucher_redemption")(w)
        shown("innovation-voucher", number="CSJQ-330421-2026-000017", valid_from="2026-03-01", valid_until="2027-03-31", quota_fen=10000000,
              balance_fen=8560000, scope_regions=["yrd"], allowed_service_kinds=["检验检测", "研究开发"], **claims)(w)
        w.manifest["facts"] = {"redemption": {"amount_fen": 1440000, "service_kind": "检验检测", "invoice_on": "2026-11-10"} | redemption}
    return change


def consent(**members):
    made = {"recipient": urn(DESTINATION), "purpose": "核验", "kinds": ["staff_list"]} | members
    return lambda w: (w.attach(b"names", "staff_list"), w.manifest.update(consents=[made]))


def same_number(w):
    """Firm and branch show one number."""
    branch()(w)
    w.want("licence", "branch-licence")
    w.add(w.incubatee(), "incubatee")


def inner_wrong():
    """A code whose outer check character holds and whose inner one does not."""
    alphabet, weights = "0123456789ABCDEFGHJKLMNPQRTUWXY", [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    body = FIRM[:16] + ("2" if FIRM[16] != "2" else "3")
    return body + alphabet[(31 - sum(alphabet.index(c) * w for c, w in zip(body, weights)) % 31) % 31]


def other_code(w):
    code = inner_wrong()
    w.cred.claims["sub"] = w.manifest["iss"] = urn(code)
    w.on_manifest = lambda m: m["firm"].update(uscc=code)


CASES = [
    passed("patent with a right check digit", patent("ZL202419900001.2", "发明")),
    failed("patent with a wrong check digit", "FMT-PAT=fail", patent("ZL202419900001.3", "发明")),
    conditional("a design entered as an invention", "FMT-PAT=warning", patent("ZL202339900004.2", "发明")),
    passed("check digit X", patent("ZL95115608.X", "发明")),
    failed("high-tech number of the wrong form", "FMT-GR=fail", lambda w: w.with_high_tech(number="GR20253499001")),
    conditional("tech SME number of the wrong form", "FMT-TSME=warning", shown("tech-sme", number="2026-3401-0001", valid_until="2027-06-30")),
    conditional("tech SME of this year: 38 days", "DATE-SOON", shown("tech-sme", number="202634010408990001", valid_until="2026-12-31")),
    failed("tech SME of last year, its end not disclosed", "DATE-EXPIRED", shown("tech-sme", number="202534010408990001")),
    conditional("tech contract number of the wrong form", "FMT-TCON=warning", shown("tech-contract-registration", number="1234")),
    conditional("software registration of the wrong form", "FMT-SOFT=warning", shown("software-copyright", number="1234")),
    conditional("inner check character of the firm's code", "FMT-ORG=warning", other_code),
    failed("ISO certificate expired", "DATE-EXPIRED", shown("management-cert", number="03410Q10286R0S", valid_until="2026-10-20")),
    conditional("ISO certificate expired, optional", "DATE-EXPIRED", shown("management-cert", required="no", number="03410Q10286R0S", valid_until="2026-10-20")),
    failed("high-tech certificate within a year of establishment", "DATE-ORDER", lambda w: w.with_high_tech(issued_on="2025-03-17", valid_from="2025-03-17")),
    passed("high-tech certificate a year after establishment", lambda w: w.with_high_tech(issued_on="2025-03-18", valid_from="2025-03-18")),
    passed("whole move to another authority", high_tech("full_relocation"), codes="REG-AUTHORITY=info"),
    passed("whole move inside one authority's area", high_tech("full_relocation"), to("340200", "34")),
    passed("Ningbo is an authority of its own", high_tech("full_relocation"), to("330200", "33"), lambda w: w.manifest.update(origin_region="330100"), codes="REG-AUTHORITY"),
    passed("Hangzhou to Jiaxing is one authority", high_tech("full_relocation"), to("330400", "33"), lambda w: w.manifest.update(origin_region="330100")),
    conditional("the move has to be reported in three months", "REG-AUTHORITY MOVE-REPORT-3M=warning", high_tech("full_relocation"), facts(registered_at_destination_on="2026-09-10")),
    conditional("most of the research is at the branch", "INC-RDSITE=warning", facts(rd_staff_at_destination_percent=60)),
    passed("little of the research is at the branch", facts(rd_staff_at_destination_percent=10)),
    failed("incubation limit is over", "INC-LIMIT=fail", lambda w: w.cred.claims.update(entered_on="2022-11-23", established_on="2022-03-18", incubation_deadline="2026-11-22")),
    passed("last day of the incubation limit", lambda w: w.cred.claims.update(entered_on="2022-11-24", established_on="2022-03-18", incubation_deadline="2026-11-23")),
    passed("voucher inside its scope", voucher({})),
    failed("voucher: region outside its scope", "VCH-SCOPE=fail", voucher({}), lambda w: w.creds[1].claims.update(scope_regions=["33"])),
    failed("voucher: kind of service", "VCH-SCOPE", voucher({"service_kind": "工业设计"})),
    failed("voucher: invoice before it began", "VCH-SCOPE", voucher({"invoice_on": "2026-02-28"})),
    failed("voucher: more than its balance", "VCH-BALANCE=fail", voucher({"amount_fen": 8560001})),
    passed("voucher: exactly its balance", voucher({"amount_fen": 8560000})),
    pending("voucher: other holds overdraw it", "VCH-DOUBLE=pending", voucher({"other_holds_fen": 8000000})),
    failed("a list of staff without consent", "PI-CONSENT=fail", lambda w: w.attach(b"names", "staff_list")),
    passed("a list of staff with consent", consent()),
    failed("consent for another recipient", "PI-CONSENT", consent(recipient=urn(OTHER_FIRM))),
    failed("consent that ended", "PI-CONSENT", consent(until="2026-11-22")),
    passed("consent that ends today", consent(until="2026-11-23")),
    conditional("one number under two holders", "DUP-NUMBER=warning", same_number),
    passed("digests of the manifest in hexadecimal", lambda w: w.attach(b"photo", "photo"), lambda w: setattr(w, "on_manifest", hexadecimal)),
]


def hexadecimal(manifest):
    from jose import unb64
    for entry in manifest["credentials"] + manifest["attachments"]:
        entry["sha256"] = unb64(entry["sha256"]).hex()
