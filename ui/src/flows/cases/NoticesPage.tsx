import { ArrowRightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { Notice } from "../../gen/wire";
import { VerdictMark } from "../../parts/marks";
import { EmptyState, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data, Instant } from "../../parts/values";
import { useRoute } from "../../route";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";
import "./cases.css";

/** Verdicts that moved because of new data: before and now side by side. */
export function NoticesPage() {
  const { t } = useText();
  const asked = useAsk("cases.notices", {});
  const notices = asked.data?.notices;
  return (
    <div className="page">
      <PageHeader title={t("notices-title")} lead={t("notices-lead")} />
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      {notices?.length === 0 && (
        <Section>
          <EmptyState title={t("notices-none")} hint={t("notices-none-hint")} />
        </Section>
      )}
      <ul className="stack">
        {notices?.map((notice) => (
          <Line key={notice.id} notice={notice} />
        ))}
      </ul>
    </div>
  );
}

function Line({ notice }: { notice: Notice }) {
  const { t, say } = useText();
  const { go } = useRoute();
  const see = useAct("cases.notice_seen");
  const open = () => {
    if (!notice.seen) see.mutate({ id: notice.id });
    go({ page: "case", id: notice.case_id });
  };
  return (
    <li className={`card notice${notice.seen ? " seen" : ""}`}>
      <div className="notice-whose">
        <strong>
          <Data>{notice.firm_name}</Data>
        </strong>
        <span className="quiet">
          <Data>{notice.number}</Data> · <Instant at={notice.at} />
        </span>
      </div>
      <div className="notice-move">
        <span className="notice-side">
          <span className="quiet">{t("notice-before")}</span>
          <VerdictMark verdict={notice.from} />
        </span>
        <ArrowRightOutlined aria-hidden />
        <span className="notice-side">
          <span className="quiet">{t("notice-now")}</span>
          <VerdictMark verdict={notice.to} />
        </span>
      </div>
      <p className="notice-why">{say(notice.told)}</p>
      <div className="row">
        <Button type={notice.seen ? "default" : "primary"} ghost={!notice.seen} onClick={open}>
          {t("case-open")}
        </Button>
        {!notice.seen && (
          <Button type="text" loading={see.isPending} onClick={() => see.mutate({ id: notice.id })}>
            {t("notice-seen")}
          </Button>
        )}
      </div>
      {see.error && <RefusalAlert refusal={see.error.refusal} />}
    </li>
  );
}
