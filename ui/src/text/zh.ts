/** The Chinese catalogue without what the first screen shows (`chinese.ts`), one file per flow. */
export const ZH = import.meta.glob<string>(
  ["./zh-CN/*.ftl", "!./zh-CN/{menu,parts,shell,start,verify}.ftl"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);
