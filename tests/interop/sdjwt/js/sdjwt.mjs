// SD-JWT VCs and status lists by the JavaScript libraries `@sd-jwt/…`.
//
// Reads a list of jobs from standard input and writes the list of their results, in order.
// A result is `{"ok": …}` or `{"error": "…"}`. ZIZHI_INTEROP_NODE holds the node_modules.

import crypto from "node:crypto";
import { createRequire } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";

const require = createRequire(path.join(process.env.ZIZHI_INTEROP_NODE, "package.json"));
const { SDJwtVcInstance } = require("@sd-jwt/sd-jwt-vc");
const { StatusList, createHeaderAndPayload, getListFromStatusListJWT } = require("@sd-jwt/jwt-status-list");

const digests = { ES256: "sha256", EdDSA: null };
const p1363 = (key) => ({ key, dsaEncoding: "ieee-p1363" });

function signer(jwk, alg) {
  const key = crypto.createPrivateKey({ key: jwk, format: "jwk" });
  return async (data) => crypto.sign(digests[alg], Buffer.from(data), p1363(key)).toString("base64url");
}

function verifier(jwk, alg) {
  const key = crypto.createPublicKey({ key: jwk, format: "jwk" });
  return async (data, signature) =>
    crypto.verify(digests[alg], Buffer.from(data), p1363(key), Buffer.from(signature, "base64url"));
}

const common = {
  hasher: async (data) => new Uint8Array(crypto.createHash("sha256").update(data).digest()),
  hashAlg: "sha-256",
  saltGenerator: async () => crypto.randomBytes(16).toString("base64url"),
};

// Every member and element selectively disclosable.
function frame(value, names) {
  const inside = {};
  for (const name of names) {
    const inner = value[name];
    if (Array.isArray(inner)) inside[name] = frame(inner, [...inner.keys()]);
    else if (inner !== null && typeof inner === "object") inside[name] = frame(inner, Object.keys(inner));
  }
  return { ...inside, _sd: names };
}

async function issue(job) {
  const instance = new SDJwtVcInstance({ ...common, signer: await signer(job.issuer, job.alg), signAlg: job.alg });
  const names = Object.keys(job.claims).filter((name) => !job.visible.includes(name));
  const wanted = frame(job.claims, names);
  if (job.decoys) wanted._sd_decoy = 3;
  const { d, ...holder } = job.holder;
  return instance.issue({ ...job.claims, cnf: { jwk: holder } }, wanted, { header: { kid: "issuer" } });
}

async function present(job) {
  const instance = new SDJwtVcInstance({ ...common, kbSigner: await signer(job.holder, job.alg), kbSignAlg: job.alg });
  const wanted = {};
  for (const steps of job.paths) {
    let at = wanted;
    for (const step of steps.slice(0, -1)) at = at[step] ??= {};
    at[steps.at(-1)] = true;
  }
  const payload = { iat: job.iat, aud: job.aud, nonce: job.nonce };
  return instance.present(job.issued, wanted, { kb: { payload } });
}

async function verify(job) {
  let status = null;
  const instance = new SDJwtVcInstance({
    ...common,
    verifier: await verifier(job.issuer, job.alg),
    kbVerifier: async (data, signature, payload) => (await verifier(payload.cnf.jwk, job.holderAlg))(data, signature),
    statusListFetcher: async () => job.status,
    statusValidator: async (value) => {
      status = value;
    },
  });
  const { payload, kb } = await instance.verify(job.presentation, {
    keyBindingNonce: job.nonce,
    currentDate: job.iat,
  });
  if (kb.payload.aud !== job.aud) throw new Error("made for another verifier");
  return { payload, status };
}

async function statusSign(job) {
  const list = new StatusList(job.statuses, job.bits);
  const claims = { iss: "issuer", sub: job.uri, iat: job.iat };
  const { header, payload } = createHeaderAndPayload(list, claims, { alg: job.alg, typ: "statuslist+jwt" });
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${await (await signer(job.issuer, job.alg))(input)}`;
}

async function statusRead(job) {
  const list = getListFromStatusListJWT(job.token);
  return job.places.map((place) => list.getStatus(place));
}

const verbs = { issue, present, verify, "status-sign": statusSign, "status-read": statusRead };

const results = [];
for (const job of JSON.parse(await text(process.stdin))) {
  try {
    results.push({ ok: await verbs[job.verb](job) });
  } catch (error) {
    results.push({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(results));
