import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Activities, FindActivity } from "../../gen/wire";
import type { Refused } from "../../host/types";
import { PAGE, useHost } from "../../rpc";

export type ActivityFilter = Omit<FindActivity, "before" | "limit">;

/** The activity log, newest first. It is read backwards, so its cursor is a number that goes down. */
export function useActivity(filter: ActivityFilter) {
  const host = useHost();
  const query = useInfiniteQuery<
    Activities,
    Refused,
    InfiniteData<Activities, number | null>,
    unknown[],
    number | null
  >({
    queryKey: ["upkeep.activity", filter],
    queryFn: ({ pageParam }) => host.call("upkeep.activity", { ...filter, before: pageParam, limit: PAGE }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => (pages ?? []).flatMap(({ entries }) => entries), [pages]);
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return { rows, more, whole: !query.hasNextPage, query };
}
