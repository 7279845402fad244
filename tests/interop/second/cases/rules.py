"""Rule packs: which rule counts, what it asks for, and what the checklist says."""
from jose import flip_signature
from world import dcql, equivalence, item, text

from .case import conditional, failed, passed, pending, sets


def rules(*rows):
    """The equivalences of the pack: (mode, changes) each."""
    def change(w):
        w.equivalences = [equivalence(f"SJ-E-{n:02}", "incubatee-certificate", mode, **more) for n, (mode, more) in enumerate(rows)]
    return change


def condition(logic, severity="error"):
    return lambda w: w.equivalences[0].update(conditions=[{"logic": logic, "message": text("条件"), "severity": severity}])


def rule(logic, severity="error"):
    return lambda w: w.items[0].update(rules=[{"rule_id": "R1", "severity": severity, "logic": logic, "message": text("规则")}])


def var(name):
    return {"var": name}


def kinds(any_, *there):
    """An item for a lease and minutes, and the attachments that are there."""
    return lambda w: (w.items.append(item("papers", {"attachment_kinds": ["lease", "minutes"], "any": any_})),
                      [w.attach(kind.encode(), kind, "papers") for kind in there])


LEVEL = {"===": [var("credential.incubator_level"), "ministry_standard"]}
OTHER = {"===": [var("credential.incubator_level"), "municipal"]}
MISSING = {"===": [var("credential.colour"), "red"]}
WITHHELD = lambda w: w.cred.withhold.add("incubator_level")  # noqa: E731
GENERAL = {"to_regions": ["*"], "from_regions": ["*"], "scenarios": "absent"}


def more(**members):
    return GENERAL | members


CASES = [
    conditional("no rule at all is reference, not direct", "", rules()),
    *(conditional(f"mode {mode}", "", rules((mode, {}))) for mode in ("supplement", "recertify", "reference", "none")),
    conditional("equivalent with a supplement", "", lambda w: w.equivalences[0].update(supplements=[{"kind": "lease", "title": text("租赁合同")}])),
    conditional("rule for another scenario", "", rules(("equivalent", {"scenarios": ["financing"]}))),
    conditional("rule for another origin", "", rules(("equivalent", {"from_regions": ["33"]}))),
    conditional("rule for another destination", "", rules(("equivalent", {"to_regions": ["310118"]}))),
    conditional("rule for another type", "", rules(("equivalent", {"type": "tech-sme", "maps_to": "tech-sme"}))),
    passed("no scenario listed means every scenario", rules(("equivalent", {"scenarios": "absent"}))),
    passed("longer destination wins", rules(("none", more(to_regions=["31"])), ("equivalent", more(to_regions=["3101"])))),
    conditional("longer destination wins over longer origin", "", rules(("equivalent", more(to_regions=["31"], from_regions=["340104"])), ("none", more(to_regions=["310117"])))),
    passed("longer origin wins", rules(("equivalent", more(from_regions=["3401"])), ("none", more(from_regions=["34"])))),
    passed("longer origin wins over a listed scenario", rules(("none", more(scenarios=["branch_operation"])), ("direct", more(from_regions=["34"])))),
    passed("listed scenario wins over none listed", rules(("none", more()), ("equivalent", more(scenarios=["branch_operation"])))),
    passed("a prefix wins over a group", rules(("none", more(to_regions=["g60"])), ("equivalent", more(to_regions=["31"])))),
    passed("a group wins over anywhere", rules(("none", more()), ("equivalent", more(to_regions=["yrd"])))),
    passed("the best pattern of a rule counts", rules(("none", more(to_regions=["3101"])), ("equivalent", more(to_regions=["*", "310117"])))),
    conditional("tie", "RULE-CONFLICT=warning", rules(("equivalent", {}), ("direct", {}))),
    conditional("tie of three, one better rule of another type", "RULE-CONFLICT", rules(
        ("equivalent", {}), ("direct", {}), ("none", {}), ("direct", {"type": "tech-sme", "maps_to": "tech-sme"}))),
    passed("an ended rule does not tie", rules(("equivalent", {}), ("none", {"valid_until": "2026-11-22"}))),
    passed("condition true", condition(LEVEL)),
    failed("condition false, error", "RULE-FALSE=fail", condition(OTHER)),
    conditional("condition false, warning", "RULE-FALSE=warning", condition(OTHER, "warning")),
    passed("condition false, info", condition(OTHER, "info"), codes="RULE-FALSE=info"),
    pending("condition touches a missing fact", "RULE-OPEN=pending", condition(MISSING)),
    pending("condition touches a withheld claim", "RULE-OPEN", condition(LEVEL), WITHHELD),
    pending("open even inside a negation", "RULE-OPEN", condition({"!": [MISSING]})),
    passed("facts of firm, issuer, origin, destination", condition({"and": [
        {"===": [var("firm.uscc"), "91340100DEM000014D"]}, {"===": [var("issuer.uscc"), "91340100DEM0000228"]},
        {"===": [var("scenario"), "branch_operation"]}]})),
    passed("dates are compared with now", condition({"after": [
        {"plusTime": [var("credential.valid_until"), 0, "day"]}, {"plusTime": [var("now"), 90, "day"]}]})),
    failed("dates are compared with now: too late", "RULE-FALSE", condition({"after": [
        {"plusTime": [var("credential.valid_until"), 0, "day"]}, {"plusTime": [var("now"), 365, "day"]}]})),
    passed("checklist rule true", rule(LEVEL)),
    failed("checklist rule false, error", "RULE-FALSE=fail", rule(OTHER)),
    conditional("checklist rule false, warning", "RULE-FALSE=warning", rule(OTHER, "warning")),
    passed("checklist rule false, info", rule(OTHER, "info"), codes="RULE-FALSE"),
    pending("checklist rule open", "RULE-OPEN", rule(MISSING)),
    conditional("checklist rule false on an optional item", "RULE-FALSE", lambda w: w.optional(), rule(OTHER)),
    conditional("checklist rule open on an optional item", "RULE-OPEN", lambda w: w.optional(), rule(MISSING)),
    failed("required item without an answer", "CHK-MISSING=fail", lambda w: w.want("hte", "high-tech-enterprise")),
    conditional("optional item without an answer", "CHK-MISSING=warning", lambda w: w.want("hte", "high-tech-enterprise", "no")),
    failed("attachment of another kind", "CHK-MISSING=fail", lambda w: w.items.append(item("lease", {"attachment_kinds": ["lease"]})),
           lambda w: w.attach(b"x", "photo", "lease")),
    failed("all: only the attachment", "CHK-MISSING", lambda w: w.items.append(item("lease", {
        "attachment_kinds": ["lease"], "dcql": dcql("high-tech-enterprise"), "any": False})), lambda w: w.attach(b"x", "lease", "lease")),
    failed("all: two kinds, one there", "CHK-MISSING", kinds(False, "lease")),
    passed("all: two kinds, both there", kinds(False, "lease", "minutes")),
    passed("any: two kinds, one there", kinds(True, "lease")),
    passed("an attachment that names no item answers any", kinds(True, "lease"), lambda w: w.attachments[0].update(answers=[])),
    failed("a credential offered for another item only", "CHK-MISSING", sets("cred.answers", ["other"])),
    passed("a credential that names no item answers any", sets("cred.answers", [])),
    conditional("an expired certificate beside one in force", "DATE-EXPIRED=fail", lambda w: w.with_high_tech(), lambda w: w.add(
        w.high_tech(number="GR202134990001", issued_on="2024-11-19", valid_from="2024-11-19", valid_until="2026-11-18", established_on="2020-01-01"), "hte")),
    conditional("a revoked certificate beside a good one", "STAT-REVOKED", lambda w: w.with_high_tech(), lambda w: w.add(
        w.high_tech(number="GR202534990002", index=9), "hte"), lambda w: w.list_.values.update({9: 1})),
    failed("two certificates, both expired", "DATE-EXPIRED", lambda w: w.with_high_tech(valid_until="2026-11-18"), lambda w: w.add(
        w.high_tech(number="GR202534990002", valid_until="2026-11-19"), "hte")),
    conditional("an expired certificate nobody asks for", "DATE-EXPIRED", lambda w: w.add(w.high_tech(valid_until="2026-11-18"))),
    failed("a tampered certificate nobody asks for", "SIG-INVALID", lambda w: setattr(w.add(w.high_tech()), "on_issuer_jwt", flip_signature)),
    failed("when is true, nothing answers", "CHK-MISSING=fail", lambda w: w.items.append(item(
        "x", {"attachment_kinds": ["lease"]}, "when", when={"===": [var("scenario"), "branch_operation"]}))),
    conditional("when is false: not required, and nothing answers", "CHK-MISSING=warning", lambda w: w.items.append(item(
        "x", {"attachment_kinds": ["lease"]}, "when", when={"===": [var("scenario"), "financing"]}))),
    pending("when is open, nothing answers", "RULE-OPEN=pending CHK-MISSING", lambda w: w.items.append(item(
        "x", {"attachment_kinds": ["lease"]}, "when", when={"===": [var("firm.colour"), "red"]}))),
    conditional("below provenance_min", "PROV-LOW=warning", lambda w: w.items[0].update(provenance_min="direct"), lambda w: lowered(w)),
    passed("direct where attested is enough", lambda w: w.items[0].update(provenance_min="attested")),
    passed("direct where declared is enough", lambda w: w.items[0].update(provenance_min="declared")),
    pending("pack does not cover the destination", "REG-SCOPE=pending", lambda w: w.pack.update(to_regions=["310118"])),
    pending("pack absent", "RULE-MISSING=pending", sets("pack", None)),
    pending("pack of another name", "RULE-MISSING", lambda w: w.pack.update(pack_id="sh-qingpu")),
    pending("unknown member in the pack", "RULE-MISSING", lambda w: setattr(w, "on_pack", lambda p: p | {"colour": "red"})),
    pending("unknown member in a query", "RULE-MISSING", lambda w: w.items[0]["evidence"]["dcql"]["credentials"][0].update(colour="red")),
    pending("unknown operator in a condition", "RULE-MISSING", condition({"sum": [1, 2]})),
    pending("checklist is not in the pack", "RULE-MISSING", lambda w: (w.request.update(checklist_id="X"), w.manifest.update(checklist_id="X"))),
    conditional("partial move of a high-tech firm", "MOVE-PARTIAL=warning REG-AUTHORITY=info", lambda w: moved(w)),
]


def lowered(w):
    """The certificate comes as an attestation of the incubator instead of its own statement."""
    w.cred.claims["provenance"] = "attested"
    w.issuers["91340100DEM0000228"]["may_issue"][0]["provenance"].append("attested")


def moved(w):
    from .correct import scenario
    scenario("partial_relocation")(w)
    w.with_high_tech(mode="recertify")
    w.equivalences[1]["scenarios"] = ["partial_relocation"]
