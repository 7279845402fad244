import { FileExcelOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { Commands } from "../gen/wire";
import { useAct, useHost } from "../rpc";
import { useText } from "../text";
import { RefusalAlert } from "./refusal";
import { WrittenNote } from "./written";

/** What writes a table. */
type Exporting =
  | "cases.export"
  | "hold.export"
  | "issue.export_table"
  | "register.export"
  | "upkeep.export_activity"
  | "verify.export_batch";

/**
 * Writes a table for a spreadsheet: the button, and what came of it to stand above what is listed. `name` is what the file
 * is called first, and `to` what is asked for with the path that was chosen.
 */
export function useTableExport<W extends Exporting>(
  word: W,
  name: string,
  to: (path: string) => Commands[W]["request"],
  label = "table-export",
) {
  const { t } = useText();
  const host = useHost();
  const exporting = useAct(word);
  const save = async () => {
    const path = await host.saveAs(t(label), `${name}.xlsx`, { name: "Excel", extensions: ["xlsx", "csv"] });
    if (path) exporting.mutate(to(path));
  };
  return {
    button: (
      <Button
        icon={<FileExcelOutlined aria-hidden />}
        loading={exporting.isPending}
        onClick={() => void save()}
      >
        {t(label)}
      </Button>
    ),
    note: (
      <>
        {exporting.error && <RefusalAlert refusal={exporting.error.refusal} />}
        {exporting.data && <WrittenNote written={exporting.data} />}
      </>
    ),
  };
}
