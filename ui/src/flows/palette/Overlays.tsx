import { Suspense, useState } from "react";
import { later } from "../../later";
import { DOSSIER_ENDINGS } from "../../parts/kinds";
import { useShortcut } from "../../parts/shortcuts";
import { useRoute } from "../../route";
import { useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { useRecoveryKey } from "../session/created";
import { useLinked } from "./linked";
import { useProgramMenu } from "./useProgramMenu";

const Palette = later(() => import("./Palette").then(({ Palette }) => Palette));
const ShortcutSheet = later(() => import("./ShortcutSheet").then(({ ShortcutSheet }) => ShortcutSheet));
const CaseLink = later(() => import("./CaseLink").then(({ CaseLink }) => CaseLink));
const RecoveryKey = later(() => import("../session/RecoveryKey").then(({ RecoveryKey }) => RecoveryKey));

/** What lies above every page: the palette, the sheet of keys, a link, a recovery key; and the keys that hold everywhere. */
export function Overlays() {
  const { t } = useText();
  const host = useHost();
  const { status } = useSession();
  const { route, go, begin } = useRoute();
  const { key: recoveryKey } = useRecoveryKey();
  const [linked, decided] = useLinked();
  const [shown, show] = useState<"palette" | "sheet" | null>(null);
  const toggle = (which: "palette" | "sheet") => show(shown === which ? null : which);
  const open = async () => {
    const path = await host.chooseFile(t("verify-open"), [
      { name: t("kind-dossier"), extensions: DOSSIER_ENDINGS },
    ]);
    if (path) begin({ page: "verify", path });
  };
  // These come before any page's own, which take the key from them.
  useShortcut("Ctrl+O", "verify-open", () => void open());
  useShortcut("Ctrl+K", "palette-title", () => toggle("palette"));
  useShortcut("Ctrl+/", "palette-sheet", () => toggle("sheet"));
  useShortcut("Ctrl+,", "session-settings", () => route.page !== "settings" && go({ page: "settings" }));
  const firm = status.database === "open" && status.profile?.role === "firm";
  useShortcut("Ctrl+N", "help-key-new", () => begin({ page: "begin" }), firm);
  useProgramMenu();
  return (
    <Suspense>
      {shown === "palette" && <Palette onClose={() => show(null)} />}
      {shown === "sheet" && <ShortcutSheet onClose={() => show(null)} />}
      {recoveryKey !== null && <RecoveryKey />}
      {recoveryKey === null && linked !== null && <CaseLink number={linked} onDecided={decided} />}
    </Suspense>
  );
}
