import { PrinterOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { PaperForm } from "../gen/wire";
import { useAct, useHost } from "../rpc";
import { useText } from "../text";
import { RefusalAlert } from "./refusal";
import { WrittenNote } from "./written";

/** The templates, in the order in which they are needed. */
const FORMS: PaperForm[] = ["materials", "authorisation", "consent", "commitment"];

/** 打印模板: 材料清单, 授权书, 同意书, 承诺书, filled from a draft or blank; and what came of it. */
export function useForms(draft: string | null) {
  const { t, language } = useText();
  const host = useHost();
  const save = useAct("draft.save_form");
  const write = async (form: PaperForm) => {
    const name = `${t(`form-${form}`)}.pdf`;
    const path = await host.saveAs(t("forms-save"), name, { name: "PDF", extensions: ["pdf"] });
    if (path) save.mutate({ form, draft_id: draft, path, language });
  };
  const button = (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: FORMS.map((form) => ({
          key: form,
          label: t(`form-${form}`),
          onClick: () => void write(form),
        })),
      }}
    >
      <Button icon={<PrinterOutlined aria-hidden />} loading={save.isPending}>
        {t(draft === null ? "forms-blank" : "forms-print")}
      </Button>
    </Dropdown>
  );
  const note = (
    <>
      {save.error && <RefusalAlert refusal={save.error.refusal} />}
      {save.data && <WrittenNote written={save.data} />}
    </>
  );
  return { button, note };
}
