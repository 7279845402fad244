"""Dates of a credential, of its statement, and the arithmetic of the field."""
from world import NOW, at

from .case import conditional, failed, passed, pending, sets

EVENING, MIDNIGHT = at("2026-11-23T23:59:59+08:00"), at("2026-11-24T00:00:00+08:00")


def claim(**claims):
    return lambda w: w.cred.claims.update(claims)


def incubated(established, entered, deadline):
    return claim(established_on=established, entered_on=entered, incubation_deadline=deadline)


CASES = [
    failed("exp is now", "DATE-EXPIRED=fail", claim(exp=NOW)),
    failed("exp was a second ago", "DATE-EXPIRED", claim(exp=NOW - 1)),
    conditional("exp in a second", "DATE-SOON=warning", claim(exp=NOW + 1)),
    passed("nbf is now", claim(nbf=NOW)),
    failed("nbf beyond the skew", "DATE-FUTURE=fail", claim(nbf=NOW + 301)),
    passed("iat ahead within the skew", claim(iat=NOW + 290), lambda w: w.manifest.update(iat=NOW + 290)),
    failed("iat ahead beyond the skew", "DATE-FUTURE KB-TIME", claim(iat=NOW + 301)),
    conditional("valid until today, 23:59:59 in Shanghai", "DATE-SOON", claim(valid_until="2026-11-23"), sets("now", EVENING)),
    failed("valid until yesterday, midnight in Shanghai", "DATE-EXPIRED", claim(valid_until="2026-11-23"), sets("now", MIDNIGHT)),
    passed("valid from today, midnight in Shanghai", claim(valid_from="2026-11-24"), sets("now", MIDNIGHT)),
    failed("valid from tomorrow, 23:59:59 in Shanghai", "DATE-FUTURE", claim(valid_from="2026-11-24"), sets("now", EVENING)),
    conditional("ninety days left", "DATE-SOON=warning", claim(valid_until="2027-02-21")),
    passed("ninety-one days left", claim(valid_until="2027-02-22")),
    conditional("expired, optional item", "DATE-EXPIRED", lambda w: w.optional(), claim(valid_until="2026-10-20")),
    failed("valid from after valid until", "DATE-ORDER=fail DATE-FUTURE", claim(valid_from="2027-07-01", valid_until="2027-06-30")),
    failed("not a date", "SDJWT-INVALID", claim(valid_until="2027-02-30")),
    failed("entered before it was established", "DATE-ORDER=fail", incubated("2025-01-01", "2024-12-16", "2028-12-15")),
    passed("entered exactly 24 months after", incubated("2022-12-16", "2024-12-16", "2028-12-15")),
    failed("entered 24 months and a day after", "INC-AGE=fail", incubated("2022-12-15", "2024-12-16", "2028-12-15")),
    passed("entered 24 months after a leap day", incubated("2024-02-29", "2026-02-28", "2030-02-27")),
    failed("limit of 48 months and a day", "INC-LIMIT=fail", incubated("2024-03-18", "2024-12-16", "2028-12-16")),
    passed("60 months for integrated circuits", incubated("2024-03-18", "2024-12-16", "2029-12-15"), claim(field="集成电路")),
    failed("60 months and a day for integrated circuits", "INC-LIMIT", incubated("2024-03-18", "2024-12-16", "2029-12-16"), claim(field="集成电路")),
    conditional("main research is elsewhere", "INC-RDSITE=warning", claim(rd_on_site=False)),
    pending("pack expired yesterday", "RULE-EXPIRED=pending", lambda w: w.pack.update(valid_until="2026-11-22")),
    passed("pack ends today", lambda w: w.pack.update(valid_until="2026-11-23")),
    passed("pack ends today, 23:59:59", lambda w: w.pack.update(valid_until="2026-11-23"), sets("now", EVENING)),
    pending("pack ended, midnight in Shanghai", "RULE-EXPIRED", lambda w: w.pack.update(valid_until="2026-11-23"), sets("now", MIDNIGHT)),
    pending("pack starts tomorrow", "RULE-EXPIRED", lambda w: w.pack.update(valid_from="2026-11-24")),
    passed("pack starts today", lambda w: w.pack.update(valid_from="2026-11-23")),
    conditional("rule ended yesterday: none applies", "", lambda w: w.equivalences[0].update(valid_until="2026-11-22")),
    passed("rule ends today", lambda w: w.equivalences[0].update(valid_until="2026-11-23")),
    conditional("rule starts tomorrow: none applies", "", lambda w: w.equivalences[0].update(valid_from="2026-11-24")),
]
