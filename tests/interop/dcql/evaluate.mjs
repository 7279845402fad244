// Answers DCQL queries with the npm package dcql 3.0.0.
//
// Reads a JSON array of {query, credentials} from standard input; writes an array of {refused} or of
// {satisfied, matches}: for each credential query the pairs of credential index and first claim set.
// ZIZHI_INTEROP_NODE is the folder of node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.ZIZHI_INTEROP_NODE, "package.json"));
const { DcqlQuery } = await import(pathToFileURL(require.resolve("dcql")));

const answer = ({ query, credentials }) => {
  let read;
  try {
    read = DcqlQuery.parse(query);
    DcqlQuery.validate(read);
  } catch (error) {
    return { refused: String(error.message) };
  }
  const result = DcqlQuery.query(read, credentials);
  const matches = read.credentials.map(({ id }) =>
    (result.credential_matches[id].valid_credentials ?? []).map((found) => [
      found.input_credential_index,
      found.claims.valid_claim_sets[0].claim_set_index ?? null,
    ]),
  );
  return { satisfied: Boolean(result.can_be_satisfied), matches };
};

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(answer)));
