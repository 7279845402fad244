"""SD-JWTs issued, presented and verified by the Python library `sd-jwt`.

Reads a list of jobs from standard input and writes the list of their results, in order.
A result is `{"ok": ...}` or `{"error": "..."}`.
"""

import json
import sys

from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier


def key(jwk):
    return JWK.from_json(json.dumps(jwk))


def hidden(value):
    """The value with every member and element selectively disclosable."""
    if isinstance(value, dict):
        return {SDObj(name): hidden(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [SDObj(hidden(inner)) for inner in value]
    return value


def issue(job):
    visible = set(job["visible"])
    claims = {}
    for name, value in job["claims"].items():
        if name in visible:
            claims[name] = value
        else:
            claims[SDObj(name)] = hidden(value)
    issuer = SDJWTIssuer(
        user_claims=claims,
        issuer_key=key(job["issuer"]),
        holder_key=key(job["holder"]),
        sign_alg=job["alg"],
        add_decoy_claims=job["decoys"],
        extra_header_parameters={"typ": "dc+sd-jwt"},
    )
    return issuer.sd_jwt_issuance


def chosen(paths):
    """What the library's holder wants: nested `True`s, lists filled up with `False`."""
    tree = {}
    for path in paths:
        at = tree
        for step in path[:-1]:
            at = at.setdefault(step, {})
        at[path[-1]] = True
    return lists(tree)


def lists(tree):
    if not isinstance(tree, dict):
        return tree
    if tree and all(isinstance(step, int) for step in tree):
        return [lists(tree.get(place, False)) for place in range(max(tree) + 1)]
    return {step: lists(inner) for step, inner in tree.items()}


def present(job):
    holder = SDJWTHolder(job["issued"])
    holder.create_presentation(
        chosen(job["paths"]),
        nonce=job["nonce"],
        aud=job["aud"],
        holder_key=key(job["holder"]),
        sign_alg=job["alg"],
    )
    return holder.sd_jwt_presentation


def verify(job):
    verifier = SDJWTVerifier(
        job["presentation"],
        lambda _issuer, _header: key(job["issuer"]),
        job["aud"],
        job["nonce"],
    )
    return verifier.get_verified_payload()


VERBS = {"issue": issue, "present": present, "verify": verify}


def run(job):
    try:
        return {"ok": VERBS[job["verb"]](job)}
    except Exception as error:  # noqa: BLE001 - a refusal is a result
        return {"error": f"{type(error).__name__}: {error}"}


json.dump([run(job) for job in json.load(sys.stdin)], sys.stdout)
