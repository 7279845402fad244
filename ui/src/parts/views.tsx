import { DownOutlined, TableOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Input, Modal, Popover } from "antd";
import { useId, useState } from "react";
import type { TableViews } from "../gen/wire";
import { useAct, useAsk } from "../rpc";
import { useText } from "../text";
import type { Column } from "./columns";
import { EmptyState, Field } from "./page";
import { RefusalAlert } from "./refusal";
import { Data } from "./values";

/** How the person wants to see a table; as it comes as long as nobody said. */
function useViews(table: string) {
  const asked = useAsk("views.get", { table });
  const save = useAct("views.save");
  const views: TableViews = asked.data ?? { table, filters: [], hidden: [] };
  return { views, save };
}

/** The columns that are wanted. The first one says what a row is and stays; what stood under a hidden one stands by itself. */
export function shownOf<Row>(columns: Column<Row>[], hidden: string[]): Column<Row>[] {
  const shown = columns.filter(({ key }, place) => place === 0 || !hidden.includes(key));
  return shown.map((column) => {
    const { under, ...alone } = column;
    return !under || shown.some(({ key }) => key === under) ? column : alone;
  });
}

/** The columns of a table that are wanted. */
export const useShown = <Row,>(table: string, columns: Column<Row>[]) =>
  shownOf(columns, useViews(table).views.hidden);

/** A search by a filter that was chosen: whoever types finds its words in the fields, which are made anew for it. */
export function useChosen<F>(search: (filter: F) => void): [number, (filter: F) => void] {
  const [times, setTimes] = useState(0);
  return [
    times,
    (filter) => {
      search(filter);
      setTimes(times + 1);
    },
  ];
}

interface Props<F> {
  table: string;
  columns: { key: string; title: string }[];
  filter: F;
  onSearch: (filter: F) => void;
}

/** Filters that were given a name, and the columns to be shown. */
export function ViewTools<F>({ table, columns, filter, onSearch }: Props<F>) {
  const { t } = useText();
  const { views, save } = useViews(table);
  const [naming, setNaming] = useState(false);
  const choose = (text: string) => {
    // What a later program kept is none of this one's filters.
    const kept: unknown = JSON.parse(text);
    if (typeof kept === "object" && kept !== null) onSearch({ ...filter, ...kept });
  };
  const items = [
    ...views.filters.map(({ name, filter }) => ({
      key: `f ${name}`,
      label: name,
      onClick: () => choose(filter),
    })),
    ...(views.filters.length > 0 ? [{ type: "divider" as const }] : []),
    { key: "name", label: t("views-name"), onClick: () => setNaming(true) },
  ];
  const show = (key: string, shown: boolean) =>
    save.mutate({
      ...views,
      hidden: shown ? views.hidden.filter((one) => one !== key) : [...views.hidden, key],
    });
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button type="link" icon={<DownOutlined aria-hidden />} iconPlacement="end">
          {t("views-filters")}
        </Button>
      </Dropdown>
      <Popover
        trigger="click"
        placement="bottomRight"
        title={t("views-columns")}
        content={
          <div className="stack">
            {columns.slice(1).map(({ key, title }) => (
              <Checkbox
                key={key}
                checked={!views.hidden.includes(key)}
                onChange={({ target }) => show(key, target.checked)}
              >
                {title}
              </Checkbox>
            ))}
            {save.error && <RefusalAlert refusal={save.error.refusal} />}
          </div>
        }
      >
        <Button type="link" icon={<TableOutlined aria-hidden />}>
          {t("views-columns")}
        </Button>
      </Popover>
      {naming && <Naming table={table} filter={filter} onClose={() => setNaming(false)} />}
    </>
  );
}

/** Gives what is searched for now a name, and takes names away. */
function Naming<F>({ table, filter, onClose }: { table: string; filter: F; onClose: () => void }) {
  const { t } = useText();
  const id = useId();
  const { views, save } = useViews(table);
  const [name, setName] = useState("");
  const keep = () =>
    save.mutate(
      { ...views, filters: [...views.filters, { name, filter: JSON.stringify(filter) }] },
      { onSuccess: onClose },
    );
  return (
    <Modal
      open
      title={t("views-name")}
      okText={t("views-keep")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: name.trim() === "" }}
      confirmLoading={save.isPending}
      onOk={keep}
      onCancel={onClose}
    >
      <div className="stack">
        <Field label={t("views-called")} id={id}>
          <Input
            id={id}
            value={name}
            maxLength={30}
            autoFocus
            onChange={({ target }) => setName(target.value)}
          />
        </Field>
        {save.error && <RefusalAlert refusal={save.error.refusal} />}
        {views.filters.length === 0 ? (
          <EmptyState title={t("views-none")} />
        ) : (
          <ul className="plain">
            {views.filters.map((one) => (
              <li key={one.name}>
                <Data>{one.name}</Data>{" "}
                <Button
                  size="small"
                  type="text"
                  danger
                  onClick={() =>
                    save.mutate({ ...views, filters: views.filters.filter(({ name }) => name !== one.name) })
                  }
                >
                  {t("views-remove", { name: one.name })}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  );
}
