/** How the pages of the menu are read aloud, one syllable for each Chinese character, by the key that names them. */
export const PINYIN: Record<string, string> = {
  "about-menu": "guan yu zi zhi tong",
  "cases-menu": "tai zhang",
  "drafts-menu": "qian yi yu yi di jing ying",
  "help-menu": "shi yong shuo ming",
  "hold-menu": "zi zhi ping zheng",
  "home-menu": "shou ye",
  "issued-menu": "qian fa",
  "register-menu": "zai yuan qi ye ming ce",
  "requests-menu": "qing qiu yu jue ding",
  "session-settings": "she zhi",
  "sync-menu": "tong bu",
  "trust-menu": "xin ren shu ju",
  "upkeep-menu": "bei fen yu wei hu",
  "verify-menu": "he yan",
  "vouchers-menu": "chuang xin quan",
};
