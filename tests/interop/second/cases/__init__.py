"""The tables, in the order they run."""
from . import correct

CASES = [*correct.CASES]
NAMES = [c.name for c in CASES]
assert len(set(NAMES)) == len(NAMES), "two cases of one name"
