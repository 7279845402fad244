import { later } from "../../later";
import { useSession } from "../../session";
import { FirstStart } from "./FirstStart";

const Locked = later(() => import("./Locked").then(({ Locked }) => Locked));

/** Stands where a page needs a database and none is open. It shows no names. */
export function Gate() {
  const { status } = useSession();
  return status.database === "locked" ? <Locked /> : <FirstStart />;
}
