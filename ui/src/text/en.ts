/** The English catalogue, one file per flow. */
export const EN = import.meta.glob<string>("./en/**/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});
