import { FileExcelOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { Commands } from "../gen/wire";
import { useAct, useHost } from "../rpc";
import { useText } from "../text";
import { RefusalAlert } from "./refusal";
import { WrittenNote } from "./written";

type Exporting = "register.export" | "issue.export_table" | "hold.export" | "cases.export";

/**
 * Writes what a filter leaves of a list as a table for a spreadsheet: the button, and what came of it to stand above the
 * list. `name` is what the file is called first.
 */
export function useTableExport<C extends Exporting>(
  command: C,
  name: string,
  filter: Commands[C]["request"]["filter"],
) {
  const { t } = useText();
  const host = useHost();
  const exporting = useAct<C>(command);
  const save = async () => {
    const path = await host.saveAs(t("table-export"), `${name}.xlsx`, {
      name: "Excel",
      extensions: ["xlsx", "csv"],
    });
    if (path) exporting.mutate({ filter, path } as Commands[C]["request"]);
  };
  return {
    button: (
      <Button
        icon={<FileExcelOutlined aria-hidden />}
        loading={exporting.isPending}
        onClick={() => void save()}
      >
        {t("table-export")}
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
