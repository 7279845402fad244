"""The members that formats.md §6 shows in a report, with their types. A report may have more."""

VERDICT = {"passed", "passed_with_conditions", "pending", "failed"}
MODE = {"direct", "equivalent", "supplement", "recertify", "reference", "none"}


def text(value):
    return isinstance(value, str)


def number(value):
    return isinstance(value, int) and not isinstance(value, bool)


def truth(value):
    return isinstance(value, bool)


def one_of(*words):
    return lambda value: value in words


def maybe(inner):
    return lambda value: value is None or holds(value, inner)


def each(inner):
    return lambda value: isinstance(value, list) and all(holds(v, inner) for v in value)


def holds(value, wanted):
    if isinstance(wanted, dict):
        return isinstance(value, dict) and all(name in value and holds(value[name], inner) for name, inner in wanted.items())
    return wanted(value)


ANSWER = one_of("pass", "fail", "pending")
CHECK = {"code": text, "outcome": one_of("pass", "info", "warning", "pending", "fail"),
         "question": one_of("integrity", "issuer", "currency", "recognition"), "subject": text,
         "message": {"zh": text, "en": text}, "facts": {}}
REPORT = {
    "report_version": one_of(1), "verdict": one_of(*VERDICT),
    "file": {"name": text, "sha256": text, "size": number}, "dossier": maybe({}),
    "basis": {"verified_at": text, "online": truth, "software": text,
              "trust": maybe({"root_version": number, "snapshot_version": number, "timestamp": text, "age_seconds": number}),
              "rule_pack": maybe({"id": text, "version": number, "sha256": text}),
              "status": each({"uri": text, "iat": maybe(text), "age_seconds": maybe(number)})},
    "questions": {"integrity": ANSWER, "issuer": ANSWER, "currency": ANSWER, "recognition": ANSWER},
    "credentials": each({"path": text, "type": text, "number": maybe(text), "issuer": maybe({"uscc": text}),
                         "provenance": maybe(one_of("direct", "attested", "declared")), "verdict": one_of(*VERDICT),
                         "mode": one_of(*MODE), "rule_id": maybe(text), "checks": each(CHECK)}),
    "items": each({"item_id": text, "required": truth, "state": one_of("met", "missing", "insufficient", "open"),
                   "by": each(text), "checks": each(CHECK)}),
    "checks": each(CHECK),
}


def faults(report):
    """What is not as the page shows it: the members at the top whose contents differ."""
    wrong = [name for name, inner in REPORT.items() if name not in report or not holds(report[name], inner)]
    everything = report.get("checks", [])
    for part in report.get("credentials", []) + report.get("items", []):
        if any(check not in everything for check in part.get("checks", [])):
            wrong.append("checks: not all of them")
            break
    return wrong
