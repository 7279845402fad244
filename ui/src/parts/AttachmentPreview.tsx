import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import type { AttachmentBytes, PreviewAttachment } from "../gen/wire";
import { useAsk } from "../rpc";
import { useText } from "../text";
import { Busy } from "./Busy";
import { EmptyState } from "./page";
import type { Pdf } from "./pdf";
import { RefusalAlert } from "./refusal";

/** Kinds of picture that the webview paints by itself. A drawing that could carry a script is none of them. */
const PICTURES = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp"];

/** An attachment to look at: pictures and PDF. */
export function AttachmentPreview({ which, name }: { which: PreviewAttachment; name: string }) {
  const { t } = useText();
  const asked = useAsk("verify.attachment", which);
  if (asked.error) return <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />;
  if (!asked.data) return <Busy className="preview-busy" />;
  const { media_type, base64 } = asked.data;
  if (PICTURES.includes(media_type))
    return <img className="preview-picture" src={`data:${media_type};base64,${base64}`} alt={name} />;
  if (media_type === "application/pdf") return <PdfPages bytes={asked.data} name={name} />;
  return <EmptyState title={t("preview-none")} />;
}

function PdfPages({ bytes, name }: { bytes: AttachmentBytes; name: string }) {
  const { t } = useText();
  const [pdf, setPdf] = useState<Pdf | null>(null);
  const [number, setNumber] = useState(1);
  const [broken, setBroken] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let opened: Pdf | null = null;
    let gone = false;
    const open = async () => {
      const { openPdf } = await import("./pdf");
      opened = await openPdf(bytes.base64);
      if (gone) void opened.destroy();
      else setPdf(opened);
    };
    open().catch(() => setBroken(true));
    return () => {
      gone = true;
      void opened?.destroy();
    };
  }, [bytes]);
  useEffect(() => {
    if (!pdf || !canvas.current || !frame.current) return;
    const [target, width] = [canvas.current, frame.current.clientWidth];
    void import("./pdf").then(({ paint }) => paint(pdf, number, target, width)).catch(() => setBroken(true));
  }, [pdf, number]);
  if (broken) return <EmptyState title={t("preview-broken")} hint={t("preview-broken-hint")} />;
  return (
    <div className="preview-pdf" ref={frame}>
      <canvas ref={canvas} role="img" aria-label={t("preview-page-of", { name, page: number })} />
      {!pdf && <Busy className="preview-busy" />}
      {pdf && pdf.numPages > 1 && (
        <p className="preview-pages">
          <Button
            size="small"
            icon={<LeftOutlined aria-hidden />}
            aria-label={t("preview-before")}
            disabled={number === 1}
            onClick={() => setNumber(number - 1)}
          />
          <span className="figure">{t("preview-page", { page: number, pages: pdf.numPages })}</span>
          <Button
            size="small"
            icon={<RightOutlined aria-hidden />}
            aria-label={t("preview-after")}
            disabled={number === pdf.numPages}
            onClick={() => setNumber(number + 1)}
          />
        </p>
      )}
    </div>
  );
}
