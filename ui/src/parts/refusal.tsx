import { type ReactNode, Suspense } from "react";
import type { Refusal } from "../gen/wire";
import { later } from "../later";

export interface RefusalProps {
  refusal: Refusal;
  again?: () => void;
  /** What the advice tells to do, where a button does it. */
  action?: ReactNode;
}

const RefusalView = later(() => import("./RefusalView").then(({ RefusalView }) => RefusalView));

/** A refusal in its place. What shows it is read later, and what stands around it stays meanwhile. */
export function RefusalAlert(props: RefusalProps) {
  return (
    <Suspense>
      <RefusalView {...props} />
    </Suspense>
  );
}
