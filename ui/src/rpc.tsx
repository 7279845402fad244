// Commands as queries. A query's key is the command's word and its request; an event of the program says which kinds
// of data changed, and the queries on those are asked again. Nothing else decides when something is stale.

import {
  type InfiniteData,
  QueryClient,
  QueryClientProvider,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef } from "react";
import type { BatchLine, BatchSummary, Changed, Event } from "./gen/wire";
import type { Answered, Asked, Host, Refused, Word } from "./host/types";

/** The first part of a word: `cases` of `cases.list`. */
type Family = Word extends `${infer F}.${string}` ? F : never;

/** The families whose answers rest on a kind of data. */
const RESTS_ON: Record<Changed, Family[]> = {
  session: ["session", "views"],
  trust: ["trust", "session", "verify", "cases", "hold", "draft", "issue"],
  // A dossier that was verified may be what a case waits for.
  cases: ["cases", "session", "verify"],
  // 月报 counts firms and what was issued to them.
  firms: ["register", "cases"],
  issued: ["issue", "register", "cases"],
  held: ["hold", "draft", "session"],
  drafts: ["draft", "session"],
  requests: ["request", "draft", "session"],
  upkeep: ["upkeep", "session"],
  sync: ["sync"],
  vouchers: ["vouchers"],
};

/** What a command of a family can change; the program says so too, but a test's host need not. */
const CHANGES: Partial<Record<Family, Changed[]>> = {
  // Where backups go is a setting, and a restore leaves what has to be settled.
  session: ["session", "upkeep"],
  trust: ["trust"],
  cases: ["cases"],
  register: ["firms"],
  issue: ["issued"],
  hold: ["held"],
  draft: ["drafts"],
  request: ["requests"],
  upkeep: ["upkeep", "issued"],
  // What is sent stands in the timeline of what it belongs to; what is taken in raises numbers of the menu.
  sync: ["sync", "drafts", "cases", "session"],
  vouchers: ["vouchers", "sync"],
  views: ["session"],
};

/** Families that say nothing about a firm, and so may stay in memory while the database is locked. */
const WITHOUT_NAMES: string[] = ["session", "trust"];

const familyOf = (word: unknown) => String(word).split(".")[0] as Family;

const HostContext = createContext<Host | null>(null);

/** The program behind the window. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error("no host above this component");
  return host;
}

/** A client for which only events make data stale. The network is no condition of anything. */
export const newClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
      },
      // What was asked may hold a passphrase: it leaves the memory with whatever asked it.
      mutations: { networkMode: "always", retry: false, gcTime: 0 },
    },
  });

/** How many pages of a long list are asked again at once; the rest follows when the person scrolls to it. */
const PAGES_KEPT = 10;

/** Marks everything that rests on these kinds of data as stale. */
export function refresh(client: QueryClient, what: Changed[]): Promise<void> {
  const families = new Set<string>(what.flatMap((kind) => RESTS_ON[kind]));
  for (const query of client.getQueryCache().findAll()) {
    const data = query.state.data as InfiniteData<unknown> | undefined;
    if (families.has(familyOf(query.queryKey[0])) && (data?.pages?.length ?? 0) > PAGES_KEPT) {
      const { pages, pageParams } = data as InfiniteData<unknown>;
      query.setData({ pages: pages.slice(0, PAGES_KEPT), pageParams: pageParams.slice(0, PAGES_KEPT) });
    }
  }
  return client.invalidateQueries({ predicate: ({ queryKey }) => families.has(familyOf(queryKey[0])) });
}

/** Forgets every name: what came out of the database, and dossiers that were verified meanwhile. */
export function forget(client: QueryClient) {
  client.removeQueries({ predicate: ({ queryKey }) => !WITHOUT_NAMES.includes(familyOf(queryKey[0])) });
  client.getMutationCache().clear();
}

/** Long work as far as it went. It is kept like an answer, so that a page that was left finds it again. */
export interface Work {
  done: number;
  total: number;
  lines: BatchLine[];
  summary: BatchSummary | null;
}

const BEGUN: Work = { done: 0, total: 0, lines: [], summary: null };

function work(client: QueryClient, event: Extract<Event, { job: string }>) {
  client.setQueryData<Work>(["job", event.job], (before = BEGUN) => {
    if (event.event === "batch_done")
      return { ...before, summary: event.summary, lines: event.summary.lines };
    const { done, total } = event;
    return {
      ...before,
      done,
      total,
      lines: event.event === "batch" ? [...before.lines, event.line] : before.lines,
    };
  });
}

/** How far long work is, by the id that its command gave. */
export function useWork(job: string | null): Work {
  const { data } = useQuery<Work>({ queryKey: ["job", job], queryFn: () => BEGUN, enabled: false });
  return (job && data) || BEGUN;
}

/** Forgets what was told under an id, for work that begins under it. */
export function useBegunWork(): (job: string) => void {
  const client = useQueryClient();
  return useCallback((job) => void client.setQueryData<Work>(["job", job], BEGUN), [client]);
}

export function Rpc({ host, children }: { host: Host; children: ReactNode }) {
  const client = useMemo(() => {
    const made = newClient();
    if (host.begun) made.setQueryData(["session.status", {}], host.begun);
    return made;
  }, [host]);
  useEffect(() => {
    const stop = host.on((event) => {
      if (event.event === "changed") void refresh(client, event.what);
      if (event.event === "batch" || event.event === "progress" || event.event === "batch_done")
        work(client, event);
      if (event.event === "locked") {
        forget(client);
        void refresh(client, ["session"]);
      }
    });
    // What was handed over may have changed before anybody listened.
    if (host.begun) void refresh(client, ["session"]);
    return stop;
  }, [host, client]);
  return (
    <HostContext value={host}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </HostContext>
  );
}

/** Asks, and asks again when what the answer rests on changed. `null` asks nothing yet. */
export function useAsk<W extends Word>(word: W, request: Asked<W> | null) {
  const host = useHost();
  return useQuery<Answered<W>, Refused>({
    ...question(host, word, request as Asked<W>),
    enabled: request !== null,
  });
}

/** The same of what may be another thing under the same name the next time, such as a file: no answer outlives the page. */
export function useAskAnew<W extends Word>(word: W, request: Asked<W>) {
  const host = useHost();
  return useQuery<Answered<W>, Refused>({ ...question(host, word, request), gcTime: 0 });
}

const question = <W extends Word>(host: Host, word: W, request: Asked<W>) => ({
  queryKey: [word, request],
  queryFn: () => host.call(word, request),
});

/**
 * Does something. `act.mutate(request)`; the refusal, if any, is `act.error`. It has ended once what is on the page is
 * asked anew; `ahead` ends it before, for what follows on another page. `saved` is called as soon as it is done, also where
 * the page was left meanwhile.
 */
export function useAct<W extends Word>(
  word: W,
  { ahead = false, saved }: { ahead?: boolean; saved?: () => void } = {},
) {
  const host = useHost();
  const client = useQueryClient();
  return useMutation<Answered<W>, Refused, Asked<W>>({
    mutationKey: [word],
    mutationFn: (request) => host.call(word, request),
    onSuccess: () => {
      saved?.();
      const asked = refresh(client, CHANGES[familyOf(word)] ?? []);
      return ahead ? undefined : asked;
    },
  });
}

/** The words that answer page by page, after a cursor. */
export type Paged = {
  [W in Word]: Asked<W> extends { after: string | null; limit: number }
    ? Answered<W> extends { next: string | null }
      ? W
      : never
    : never;
}[Word];

/** What a list is asked for, without the place in it. */
export type Filter<W extends Paged> = Omit<Asked<W>, "after" | "limit">;

/** Rows that are asked for at once. */
export const PAGE = 50;

/** The rows of all pages. Those of the pages before are not gone through again when another page comes. */
function useRows<Answer, Row>(pages: Answer[] | undefined, rowsOf: (answer: Answer) => Row[]): Row[] {
  const known = useRef<{ pages: Answer[]; rows: Row[] }>({ pages: [], rows: [] });
  return useMemo(() => {
    const now = pages ?? [];
    const before = known.current;
    const longer =
      now.length > before.pages.length && before.pages.every((page, index) => page === now[index]);
    const rows = longer
      ? before.rows.concat(now.slice(before.pages.length).flatMap(rowsOf))
      : now.flatMap(rowsOf);
    known.current = { pages: now, rows };
    return rows;
  }, [pages, rowsOf]);
}

/** A long list, page after page. `more()` asks for the next page, `anew(filter)` for the first of a search. */
export function usePages<W extends Paged, Row>(
  word: W,
  filter: Filter<W> | null,
  rowsOf: (answer: Answered<W>) => Row[],
) {
  const host = useHost();
  const client = useQueryClient();
  const query = useInfiniteQuery<
    Answered<W>,
    Refused,
    InfiniteData<Answered<W>, string | null>,
    unknown[],
    string | null
  >({
    queryKey: [word, filter],
    queryFn: ({ pageParam }) =>
      host.call(word, { ...filter, after: pageParam, limit: PAGE } as unknown as Asked<W>),
    initialPageParam: null,
    getNextPageParam: (answer) => (answer as { next: string | null }).next,
    enabled: filter !== null,
    // Page by page nothing of the pages before changes: comparing all of them with every new one would.
    structuralSharing: false,
  });
  const pages = query.data?.pages;
  const rows = useRows(pages, rowsOf);
  // Whoever presses 查询 asks the program, whatever was answered before.
  const anew = (next: typeof filter) => void client.resetQueries({ queryKey: [word, next], exact: true });
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return { rows, more, first: pages?.[0], whole: !query.hasNextPage, query, anew };
}
