import { Button } from "antd";
import type { ReactNode } from "react";
import type { Told } from "./needed";
import { Field } from "./page";
import { FilePath } from "./values";

interface Props {
  label: string;
  /** What the button says. */
  choose: string;
  id: string;
  help?: ReactNode;
  told: Told;
  path: string;
  onChoose: () => void;
}

/** A file that has to be chosen: the button that asks for it, and which it is. */
export function FileField({ label, choose, id, help, told, path, onChoose }: Props) {
  return (
    <Field label={label} id={id} required help={help} error={told.error}>
      <div className="row">
        <Button
          id={id}
          aria-label={choose}
          aria-describedby={told.own["aria-describedby"]}
          onClick={onChoose}
        >
          {choose}
        </Button>
        {path && <FilePath path={path} />}
      </div>
    </Field>
  );
}
