import { InboxOutlined } from "@ant-design/icons";
import { Alert, Button, Spin } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Host, Refusal } from "../../host";
import { said, useText } from "../../text";
import { en } from "../../text/en";
import { zh } from "../../text/zh";
import { ReportView } from "./ReportView";
import type { Report } from "./report";
import { TrustChoice } from "./TrustChoice";

type State =
  | { step: "waiting" }
  | { step: "verifying" }
  | { step: "reported"; report: Report }
  | { step: "refused"; refusal: Refusal };

/** What is said when the program in between failed, which is no verdict about the file. */
const FAULT: Refusal = {
  code: "INTERNAL",
  fact: { zh: zh.faultFact, en: en.faultFact },
  advice: { zh: zh.faultAdvice, en: en.faultAdvice },
};

/** A trust package or folder can be dropped like a dossier; its name tells which it is. */
const isTrust = (path: string): boolean => /\.zztrust$/i.test(path);

export function VerifyScreen({ host }: { host: Host }) {
  const { language, t } = useText();
  const [dossier, setDossier] = useState<string | null>(null);
  const [trust, setTrust] = useState<string | null>(null);
  const [state, setState] = useState<State>({ step: "waiting" });
  const [over, setOver] = useState(false);
  const [several, setSeveral] = useState(false);
  const latest = useRef(0);

  useEffect(() => {
    let wanted = true;
    host.openedFiles().then(
      (opened) => {
        if (!wanted) return;
        setTrust((known) => known ?? opened.trust);
        setDossier((known) => known ?? opened.dossier);
      },
      () => setState({ step: "refused", refusal: FAULT }),
    );
    return () => {
      wanted = false;
    };
  }, [host]);

  const take = useCallback((paths: string[]) => {
    setOver(false);
    const files = paths.filter((path) => !isTrust(path));
    const newTrust = paths.find(isTrust);
    if (newTrust) setTrust(newTrust);
    if (files[0]) setDossier(files[0]);
    setSeveral(files.length > 1);
  }, []);

  useEffect(
    () => host.onDrop({ over: () => setOver(true), left: () => setOver(false), dropped: take }),
    [host, take],
  );

  // The verdict always belongs to what is chosen: a late answer to an earlier choice is dropped.
  useEffect(() => {
    latest.current += 1;
    const turn = latest.current;
    if (!dossier || !trust) {
      setState({ step: "waiting" });
      return;
    }
    setState({ step: "verifying" });
    host.verifyFile(dossier, trust).then(
      (answer) => {
        if (turn !== latest.current) return;
        setState(
          "report" in answer
            ? { step: "reported", report: answer.report }
            : { step: "refused", refusal: answer.refusal },
        );
      },
      () => turn === latest.current && setState({ step: "refused", refusal: FAULT }),
    );
  }, [host, dossier, trust]);

  const choose = async () => {
    const path = await host.chooseDossier(t("chooseDossier"));
    if (path) take([path]);
  };
  const chosen = state.step !== "waiting";
  const another = (
    <Button type="primary" onClick={choose}>
      {t("chooseAnother")}
    </Button>
  );

  return (
    <div className={over ? "screen over" : "screen"}>
      {!chosen && (
        <section className="drop">
          <InboxOutlined className="drop-icon" aria-hidden />
          <h1>{t(over ? "dropNow" : "dropHere")}</h1>
          <p>{t("dropAlso")}</p>
          <Button type={dossier ? "default" : "primary"} size="large" onClick={choose}>
            {t("chooseDossier")}
          </Button>
          {dossier && <p className="path">{dossier}</p>}
        </section>
      )}
      {!chosen && dossier && !trust && <Alert type="info" showIcon title={t("trustNeeded")} />}
      {several && <Alert type="info" showIcon title={t("dropOne")} />}
      <div className="status" role="status" aria-live="polite">
        {state.step === "verifying" && (
          <p className="busy">
            <Spin /> {t("verifying")}
          </p>
        )}
        {state.step === "refused" && (
          <Alert
            type="error"
            showIcon
            title={said(language, state.refusal.fact)}
            description={
              <>
                <p>{said(language, state.refusal.advice)}</p>
                <p className="path">{dossier}</p>
                <code className="code">{state.refusal.code}</code>
              </>
            }
          />
        )}
      </div>
      {state.step === "reported" && <ReportView report={state.report} action={another} />}
      <footer className="choices">
        <TrustChoice host={host} trust={trust} onChoose={setTrust} urgent={dossier !== null} />
        {state.step === "refused" && another}
      </footer>
    </div>
  );
}
