"""Dossiers in order."""
from .case import passed, sets

CASES = [
    passed("ES256 throughout"),
    passed("EdDSA throughout", world={"alg": "EdDSA"}),
]
