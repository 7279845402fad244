import { BankOutlined, ExperimentOutlined, SafetyCertificateOutlined, ShopOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import type { Role } from "../../gen/wire";
import { later } from "../../later";
import { RefusalAlert } from "../../parts/refusal";
import { useRoute } from "../../route";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { DrillButtons } from "./DrillButtons";
import "./session.css";

const CreateForm = later(() => import("./CreateForm").then(({ CreateForm }) => CreateForm));

/** The first start: whose desk this becomes, or a drill with sample data, or one dossier without any of it. */
export function FirstStart() {
  const [role, setRole] = useState<Role | null>(null);
  return role ? <CreateForm role={role} onBack={() => setRole(null)} /> : <Choice onChoose={setRole} />;
}

function Choice({ onChoose }: { onChoose: (role: Role) => void }) {
  const { t } = useText();
  const { begin, go } = useRoute();
  const drill = useAct("session.drill");
  return (
    <div className="page first-start">
      <header>
        <h1>{t("session-welcome")}</h1>
        <p className="quiet">{t("session-welcome-hint")}</p>
      </header>
      <div className="first-choices">
        <Card icon={<ShopOutlined aria-hidden />} title={t("session-firm")} hint={t("session-firm-hint")}>
          <Button onClick={() => onChoose("firm")}>{t("session-firm-begin")}</Button>
        </Card>
        <Card
          icon={<BankOutlined aria-hidden />}
          title={t("session-incubator")}
          hint={t("session-incubator-hint")}
        >
          <Button onClick={() => onChoose("incubator")}>{t("session-incubator-begin")}</Button>
        </Card>
        <Card
          icon={<ExperimentOutlined aria-hidden />}
          title={t("drill-mode")}
          hint={t("session-drill-hint")}
        >
          <DrillButtons pending={drill.isPending} onBegin={drill.mutate} />
        </Card>
      </div>
      {drill.error && <RefusalAlert refusal={drill.error.refusal} />}
      <p className="row first-others">
        <Button
          type="link"
          icon={<SafetyCertificateOutlined aria-hidden />}
          onClick={() => begin({ page: "verify", path: null })}
        >
          {t("session-verify-only")}
        </Button>
        <Button type="link" onClick={() => go({ page: "restore", path: null })}>
          {t("session-restore")}
        </Button>
      </p>
    </div>
  );
}

interface CardProps {
  icon: ReactNode;
  title: string;
  hint: string;
  children: ReactNode;
}

function Card({ icon, title, hint, children }: CardProps) {
  return (
    <section className="card first-choice">
      <span className="first-icon" aria-hidden>
        {icon}
      </span>
      <h2>{title}</h2>
      <p className="quiet">{hint}</p>
      <div className="row">{children}</div>
    </section>
  );
}
