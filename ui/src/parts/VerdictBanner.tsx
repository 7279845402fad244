import { type ReactNode, useEffect, useRef } from "react";
import type { Verdict } from "../gen/wire";
import { useText } from "../text";
import { Shape, VERDICT_TONE } from "./marks";

interface Props {
  verdict: Verdict;
  /** What the verdict is about: the firm, its code, the file. */
  about: ReactNode;
  /** Buttons at the right. */
  actions?: ReactNode;
  /** Whether the reader's attention goes here as soon as it stands. */
  announce?: boolean;
  /** 2 where the page has a title of its own. */
  level?: 1 | 2;
  /** Where it is one part of a page among others. */
  smaller?: boolean;
}

/** The verdict, to be read from two metres: a full ground in its colour, its shape, and its word. */
export function VerdictBanner({
  verdict,
  about,
  actions,
  announce = false,
  level = 1,
  smaller = false,
}: Props) {
  const { t } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (announce) heading.current?.focus({ preventScroll: true });
  }, [announce]);
  const tone = VERDICT_TONE[verdict];
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <section
      className={`verdict-banner ${tone}${smaller ? " smaller" : ""}`}
      data-verdict={verdict}
      aria-label={t("verdict")}
    >
      <Shape tone={tone} />
      <div className="verdict-words">
        <Heading className="verdict-word" ref={heading} tabIndex={-1}>
          {t(`verdict-${verdict}`)}
        </Heading>
        <p className="verdict-means">{t(`verdict-${verdict}-means`)}</p>
        <div className="verdict-about">{about}</div>
      </div>
      {actions && <div className="verdict-actions">{actions}</div>}
    </section>
  );
}
