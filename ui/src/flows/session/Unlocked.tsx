import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useRoute } from "../../route";

/** Stands where the gate stood: leads back to the page from which somebody went to unlock, with all that it showed. */
export function Unlocked() {
  const { behind, back, begin } = useRoute();
  const client = useQueryClient();
  useEffect(() => {
    // Whether a dossier is a case already is known only now.
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "verify.file" });
    if (behind > 0) back();
    else begin({ page: "home" });
  }, [behind, back, begin, client]);
  return null;
}
