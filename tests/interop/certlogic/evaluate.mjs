// Evaluates and validates CertLogic with certlogic-js 1.2.2.
//
// Reads a JSON array of {logic, data} from standard input; writes an array of {value} or {error}, each with
// `valid`: whether its validator has nothing to say. ZIZHI_INTEROP_NODE is the folder of node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.ZIZHI_INTEROP_NODE, "package.json"));
const { evaluate } = require("certlogic-js");
const { validateFormat } = require("certlogic-js/dist/validation");

const answer = ({ logic, data }) => {
  let valid = false;
  try {
    valid = validateFormat(logic).length === 0;
  } catch {
    // The validator itself gives up on a few expressions; they are not valid.
  }
  try {
    return { value: evaluate(logic, data), valid };
  } catch (error) {
    return { error: String(error.message), valid };
  }
};

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(answer)));
