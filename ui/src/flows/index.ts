// Every flow, one line each. A new one is imported and named below; its pages and menu come with it.

import { cases } from "./cases";
import { collect } from "./flow";
import { session } from "./session";
import { verify } from "./verify";

export const { pages: PAGES, menu: MENU } = collect(verify, cases, session);
