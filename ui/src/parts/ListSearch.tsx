import { Input, Select } from "antd";
import { type ReactNode, useId, useState } from "react";
import { useText } from "../text";
import { Field, SearchBar } from "./page";

/** What a list is searched by: words, and one state of several where it has states. */
export interface Sought<S extends string> {
  text: string;
  state: S | null;
}

interface Props<S extends string> {
  label: string;
  example: string;
  /** What the list is searched by now. */
  sought: Sought<S>;
  states?: { label: string; options: { value: S; label: string }[] };
  onSearch: (sought: Sought<S>) => void;
  onReset: () => void;
  tools?: ReactNode;
}

/** The search of a list. What is typed counts once 查询 is pressed. */
export function ListSearch<S extends string = never>(props: Props<S>) {
  const { label, example, states, onSearch, onReset, tools } = props;
  const { t } = useText();
  const id = useId();
  const [text, setText] = useState(props.sought.text);
  const [state, setState] = useState(props.sought.state);
  return (
    <SearchBar
      onSearch={() => onSearch({ text, state })}
      onReset={() => {
        setText("");
        setState(null);
        onReset();
      }}
      extra={tools}
    >
      <div className="wide">
        <Field label={label} id={`${id}-text`}>
          <Input
            id={`${id}-text`}
            placeholder={example}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </Field>
      </div>
      {states && (
        <Field label={states.label} id={`${id}-state`}>
          <Select<S | null>
            id={`${id}-state`}
            allowClear
            placeholder={t("any")}
            value={state}
            onChange={(chosen) => setState(chosen ?? null)}
            options={states.options}
          />
        </Field>
      )}
    </SearchBar>
  );
}
