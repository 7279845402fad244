"""The tables, in the order they run."""
from . import archives, correct, dates, envelope, field, keys, presentation, queries, reading, rules, status_lists, trust

CASES = []
for table in (correct, presentation, keys, status_lists, dates, rules, queries, reading, field, envelope, archives, trust):
    for case in table.CASES:
        case.name = f"{table.__name__.split('.')[-1]}: {case.name}"
        CASES.append(case)
NAMES = [c.name for c in CASES]
assert len(set(NAMES)) == len(NAMES), sorted(n for n in NAMES if NAMES.count(n) > 1)
