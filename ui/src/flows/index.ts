// Every flow, one line each. A new one is imported and named below; its pages and menu come with it.

import { about } from "./about";
import { cases } from "./cases";
import { draft } from "./draft";
import { collect } from "./flow";
import { help } from "./help";
import { hold } from "./hold";
import { home } from "./home";
import { issue } from "./issue";
import { register } from "./register";
import { request } from "./request";
import { session, unlock } from "./session";
import { sync } from "./sync";
import { trust } from "./trust";
import { upkeep } from "./upkeep";
import { verify } from "./verify";
import { vouchers } from "./vouchers";

export const {
  pages: PAGES,
  menu: MENU,
  opens: OPENS,
} = collect(
  home,
  verify,
  cases,
  register,
  issue,
  hold,
  draft,
  request,
  trust,
  vouchers,
  sync,
  upkeep,
  session,
  unlock,
  help,
  about,
);
