"""SD-JWT VC (RFC 9901): issue with every claim disclosable, present with a key binding."""
import hashlib
import json

from jose import b64, dumps, header, jws

VISIBLE = {"iss", "sub", "vct", "iat", "nbf", "exp", "cnf", "status", "provenance", "name", "region"}


def digest(disclosure, hash_="sha256"):
    return b64(hashlib.new(hash_, disclosure.encode()).digest())


class Salts:
    """128 bit salts that depend only on where they are used."""

    def __init__(self, seed):
        self.seed, self.count = seed, 0

    def next(self):
        self.count += 1
        return b64(hashlib.sha256(f"{self.seed}/{self.count}".encode()).digest()[:16])


class Credential:
    """One credential before it is signed. Cases change its fields, or hook into its making."""

    def __init__(self, claims, signer, holder):
        self.claims, self.signer, self.holder = claims, signer, holder
        self.head = {}                  # header changes
        self.hash = "sha256"            # or "sm3"
        self.recursive = False          # objects hidden whole, their members hidden inside
        self.decoys = 0
        self.null = []                  # names of claims whose value is null
        self.on_payload = None          # payload, disclosures -> change in place
        self.on_issuer_jwt = None       # jwt -> jwt
        self.withhold = set()           # paths (dotted) that are not presented
        self.on_disclosures = None      # list -> list, before presentation
        self.kb = {}                    # KB-JWT payload changes
        self.kb_head = {}
        self.kb_signer = None
        self.kb_absent = False
        self.on_presentation = None     # whole text -> whole text
        self.answers = []
        self.type = None                # of the manifest, when it should lie
        self.entry = {}                 # changes to the manifest's entry

    def issue(self):
        """The issuer JWT and [(path, disclosure)]."""
        salts = Salts(f"{self.claims.get('vct')}{self.claims.get('number')}{self.signer.name}")
        disclosures = []

        def make(path, *parts):
            text = b64(dumps([salts.next(), *parts]))
            disclosures.append((path, text))
            return digest(text, self.hash)

        def hide(path, value):
            if isinstance(value, list):
                return [{"...": make(f"{path}.{i}", hide(f"{path}.{i}", v) if self.recursive else v)} for i, v in enumerate(value)]
            if isinstance(value, dict):
                return {"_sd": sorted(make(f"{path}.{k}", k, hide(f"{path}.{k}", v)) for k, v in value.items())}
            return value

        payload = {k: v for k, v in self.claims.items() if k in VISIBLE}
        sd = []
        for name, value in (self.claims | dict.fromkeys(self.null)).items():
            if name in VISIBLE:
                continue
            if isinstance(value, (dict, list)) and not self.recursive:
                payload[name] = hide(name, value)
            else:
                sd.append(make(name, name, hide(name, value)))
        sd += [digest(salts.next(), self.hash) for _ in range(self.decoys)]
        payload["_sd"], payload["_sd_alg"] = sorted(sd), {"sha256": "sha-256"}.get(self.hash, self.hash)
        if self.on_payload:
            self.on_payload(payload, disclosures)
        text = jws(self.signer, header(self.signer, "dc+sd-jwt", **self.head), payload)
        return (self.on_issuer_jwt(text) if self.on_issuer_jwt else text), disclosures

    def present(self, aud, nonce, iat):
        """`<issuer JWT>~<disclosure>~…~<KB-JWT>`."""
        text, disclosures = self.issue()
        shown = [d for path, d in disclosures if path not in self.withhold]
        if self.on_disclosures:
            shown = self.on_disclosures(shown)
        text = "~".join([text, *shown]) + "~"
        if not self.kb_absent:
            payload = {"iat": iat, "aud": aud, "nonce": nonce, "sd_hash": digest(text, self.hash)} | self.kb
            payload = {k: v for k, v in payload.items() if v is not None}
            signer = self.kb_signer or self.holder
            text += jws(signer, header(signer, "kb+jwt", **({"kid": None} | self.kb_head)), payload)
        return self.on_presentation(text) if self.on_presentation else text


def redisclose(disclosure, change):
    """A disclosure rewritten by `change(list)`; its digest is then another."""
    from jose import unb64
    parts = json.loads(unb64(disclosure))
    return b64(dumps(change(parts)))
