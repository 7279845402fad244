// Forty texts that would do something where text is taken for more than text. Each carries a mark by which it is found.

import texts from "./hostile.json";

/** The texts, each with its number before it. */
export const HOSTILE: string[] = texts.map((text, index) => `敌${index + 1}:${text}`);
