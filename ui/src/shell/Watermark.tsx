import { useMemo } from "react";
import { useLook } from "../parts/Look";
import { useText } from "../text";

/** 演练模式, all over the window: nobody takes sample data for real, on the screen or on a picture of it. */
export function Watermark() {
  const { t } = useText();
  const { dark } = useLook();
  const word = t("drill-mode");
  const image = useMemo(() => {
    const fill = dark ? "rgba(255,255,255,0.045)" : "rgba(20,40,60,0.055)";
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="340" height="220">` +
      `<text x="30" y="150" transform="rotate(-22 170 110)" font-size="26" font-family="sans-serif" fill="${fill}">${word}</text></svg>`;
    return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
  }, [word, dark]);
  return <div className="watermark" style={{ backgroundImage: image }} aria-hidden />;
}
